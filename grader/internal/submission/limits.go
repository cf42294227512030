package submission

// What a submission may cost. An honest one, the whole repository with its
// history and a few forgotten binaries, stays far below each of these.
const (
	// maxArchive is the size of an archive's file. The upload forms of learning
	// platforms end at 100 to 250 MB.
	maxArchive = 256 << 20
	// maxEntries is the number of files and folders. A clone of the kit with its
	// history has some 3 000.
	maxEntries = 20_000
	// maxDirectory is the size of a zip's table of contents, which is read before
	// its entries can be counted: maxEntries at 400 bytes each.
	maxDirectory = 8 << 20
	// maxUnpacked is what an archive may unpack to, since a tar.gz can only be
	// read from its beginning.
	maxUnpacked = 512 << 20
	// maxRatio is how many bytes one packed byte may become once minUnpacked is
	// reached. Source text packs 4 to 10 times, binaries less; a bomb 1 000.
	maxRatio    = 100
	minUnpacked = 16 << 20
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

	// maxClass is the number of directory entries that are looked at to find the
	// submissions of one class: 10 000 students with 50 each, three times over.
	maxClass = 1_500_000
	// maxNesting is how deep below an argument submissions are looked for: a
	// folder of assignments, of sections, of students, of what they unpacked.
	maxNesting = 4
	// maxNames is how many names a message lists.
	maxNames = 10
)
