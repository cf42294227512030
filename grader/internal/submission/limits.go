package submission

// caps are what an archive may cost the machine, ignored files included.
type caps struct {
	file     int64 // bytes of the archive's own file
	entries  int
	contents int64 // bytes of a zip's table of contents, or of the names in a tar.gz
	unpacked int64 // bytes, since a tar.gz can only be read from its beginning
	free     int64 // bytes that it may unpack to whatever its ratio
	class    bool
	advice   string
}

var (
	// studentCaps: the upload forms of learning platforms end at 100 to 250 MB.
	studentCaps = caps{
		file: 256 << 20, entries: 100_000, contents: 16 << 20, unpacked: 512 << 20, free: 16 << 20,
		advice: "hand in the exercises folder alone",
	}
	// classCaps hold for what an instructor names, which may be a class: some
	// hundred clones of the kit with their histories.
	classCaps = caps{
		file: 4 << 30, entries: 500_000, contents: 64 << 20, unpacked: 8 << 30, free: 512 << 20, class: true,
		advice: "leave out hidden folders such as .git, or pack the class in parts",
	}
)

// walk is how many directory entries are looked at to find the submissions of a class.
type walk struct {
	class  int // in all
	folder int // within each folder of the argument's: a student's, or a section
	inner  int // within each folder of these
}

// usualWalk is for 5 000 students in a section with 50 each, and for twenty sections. A
// student's own has room for more than twice what is read of one.
var usualWalk = walk{class: 5_000_000, folder: 250_000, inner: 50_000}

// What a submission may cost. An honest one, the whole repository with its
// history and a few forgotten binaries, stays far below each of these.
const (
	// maxEntries is the number of files and folders, without ignored ones. A clone
	// of the kit has some 3 000.
	maxEntries = 20_000
	// maxRatio is how many bytes one packed byte may become. Source text packs 4
	// to 10 times, binaries less; a bomb 1 000.
	maxRatio = 100
	// maxInner is the size of an archive within an archive, which is held in
	// memory while it is read.
	maxInner = 64 << 20
	// maxPath is the length of a path in an archive: what Linux opens.
	maxPath = 4096
	// maxDepth is the number of folders above a file.
	maxDepth = 32

	// maxFile is the size of one source file. The longest of the reference
	// solutions has 10 KB.
	maxFile = 1 << 20
	// maxFileName is the length in bytes of a source file's name: most file systems
	// end at 255, and the go command adds to it.
	maxFileName = 100
	// maxFiles is the number of source files of a candidate.
	maxFiles = 64
	// maxSource is the size of all files that are read of a submission.
	maxSource = 8 << 20

	// maxNesting is how deep below an argument submissions are looked for: a
	// folder of assignments, of sections, of students, of what they unpacked.
	maxNesting = 4
	// maxNames is how many names a message lists.
	maxNames = 10
)
