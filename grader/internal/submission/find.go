package submission

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Find finds the submissions that paths hold: each path is a submission, an
// archive, or a folder or archive of submissions (a class), where a folder is a
// class when it holds submissions and no folder named exercises of its own.
// Nothing below one of skip, such as the directory that results go to, is a
// submission. Whatever cannot be opened is a Ref with an Err; ids are unique
// but among those. Of several paths, as the shell lists those of a class, a folder that
// holds nothing is a submission too; what the grader wrote is none, nor is a file that is
// neither source nor archive. The error is for a path that does not exist, for paths that
// hold nothing at all, or ctx's.
func Find(ctx context.Context, paths, exercises []string, skip ...string) ([]Ref, error) {
	paths = distinct(paths)
	f := finder{ctx: ctx, exercises: exercises, several: len(paths) > 1, most: usualWalk}
	for _, s := range skip {
		f.skip = append(f.skip, absolute(s))
	}
	var all []Ref
	for _, p := range paths {
		refs, err := f.path(filepath.Clean(p))
		if err = cmp.Or(ctx.Err(), err); err != nil {
			return nil, err
		}
		all = append(all, refs...)
	}
	if len(all) == 0 && f.several {
		return nil, fmt.Errorf("no submission in any of the %d arguments; give folders with exercises, archives, or a folder of them", len(paths))
	}
	return unique(all), nil
}

// distinct leaves out paths that lead where an earlier one does.
func distinct(paths []string) (all []string) {
	seen := map[string]bool{}
	for _, p := range paths {
		if !seen[absolute(p)] {
			seen[absolute(p)] = true
			all = append(all, p)
		}
	}
	return all
}

type finder struct {
	ctx       context.Context
	exercises []string
	skip      []string // absolute
	several   bool     // whether there is more than one argument
	most      walk
}

// path finds what one argument holds.
func (f *finder) path(p string) ([]Ref, error) {
	info, err := os.Lstat(p)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%q does not exist; give a submission, an archive, or a folder of them", p)
	}
	name := filepath.Base(absolute(p))
	switch {
	case err != nil:
		return nil, unreadable(p, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return []Ref{{ID: name, Path: p, Source: name, Err: linkError(name)}}, nil
	case info.Mode().IsRegular() && mayBeSubmission(name):
		return f.file(p, name, true), nil
	case info.Mode().IsRegular() && f.several:
		return nil, nil
	case info.Mode().IsRegular():
		return nil, fmt.Errorf("%q is no submission; give a folder with exercises, an archive, or a folder of them", p)
	case !info.IsDir():
		return []Ref{{ID: name, Path: p, Source: name, Err: wantDir(p, info.Mode())}}, nil
	}
	return f.folder(p, name)
}

// folder finds what a folder holds that was given as an argument.
func (f *finder) folder(p, name string) ([]Ref, error) {
	ref := Ref{ID: name, Path: p, Source: name}
	root, err := openDir(p)
	if err != nil {
		return f.orRow(ref, err)
	}
	defer func() { _ = root.Close() }()
	w := newWalker(f, root, p)
	k, err := w.kind(".", maxNesting)
	if err != nil {
		return f.orRow(ref, err)
	}
	holdsNone := (k == nothing || k == ownResults) && !w.sources(".", maxNesting)
	switch {
	case k == class:
		return w.class(".")
	case holdsNone && k == ownResults && f.several:
		return nil, nil
	case holdsNone && !f.several:
		return nil, fmt.Errorf("%q holds no submission; give a folder with exercises, an archive, or a folder of them", p)
	}
	return []Ref{ref}, nil
}

// orRow is err, or a row with it beside those of other arguments.
func (f *finder) orRow(ref Ref, err error) ([]Ref, error) {
	if !f.several {
		return nil, err
	}
	ref.Err = err
	return []Ref{ref}, nil
}

// file finds what a file holds: a submission, an archive of archives, or, where it
// is not itself a student's, the folders of a class.
func (f *finder) file(p, source string, classes bool) []Ref {
	kind, id := cutExtension(filepath.Base(p))
	ref := Ref{ID: id, Path: p, Source: source}
	if kind == "" {
		ref.ID = strings.TrimSuffix(id, path.Ext(id))
		ref.Err = wrongExtension(filepath.Base(p))
		return []Ref{ref}
	}
	most := studentCaps
	if classes {
		most = classCaps
	}
	l, err := listArchive(f.ctx, p, most, sources)
	if err != nil {
		ref.Err = err
		return []Ref{ref}
	}
	l.close()
	if classes {
		if folders := l.class(f.exercises); len(folders) > 0 {
			return l.folderRefs(ref, folders)
		}
	}
	return l.refs(ref)
}

// refs finds the submissions of an archive that is no class of folders. An archive
// that is alone in it is named by what is around.
func (l *listing) refs(ref Ref) []Ref {
	inner := l.archives()
	switch {
	case len(inner) == 0 || l.hasSources():
		return []Ref{ref}
	case len(inner) == 1:
		ref.Inner = path.Join(ref.Folder, inner[0])
		if ref.Folder != "" {
			ref.Source += "/" + inner[0]
		}
		return []Ref{ref}
	}
	return innerRefs(ref, inner)
}

// archives returns the archives in an archive, also those of kinds that are not
// read.
func (l *listing) archives() []string {
	var all []string
	for f := range l.files {
		if packingOf(path.Base(f)) != "" || isForeign(f) {
			all = append(all, f)
		}
	}
	slices.Sort(all)
	return all
}

func (l *listing) hasSources() bool {
	for f := range l.files {
		if isGo(f) {
			return true
		}
	}
	return false
}

// innerRefs refers to the archives of a class within an archive. One that is
// alone in its folder is named by that, since a learning platform makes a folder
// a student and leaves to them what the file is called.
func innerRefs(outer Ref, inner []string) []Ref {
	in := map[string]int{}
	for _, f := range inner {
		in[path.Dir(f)]++
	}
	var all []Ref
	for _, f := range inner {
		kind, id := cutExtension(path.Base(f))
		ref := Ref{ID: id, Path: outer.Path, Inner: path.Join(outer.Folder, f), Source: outer.Source + "/" + f}
		if kind == "" {
			ref.ID, ref.Err = strings.TrimSuffix(id, path.Ext(id)), wrongExtension(path.Base(f))
		}
		if dir := path.Dir(f); dir != "." && in[dir] == 1 {
			ref.ID = path.Base(dir)
		}
		all = append(all, ref)
	}
	return all
}

// class returns the folders of a class in an archive: what lies side by side when
// exercises or archives are in more than one folder and none in the one around
// them all. Folders beside them with nothing of use belong to the class too.
func (l *listing) class(names []string) []string {
	places := l.holders(names)
	for _, f := range append(l.foldersNamed("exercises"), l.archives()...) {
		places = append(places, path.Dir(f))
	}
	for i, p := range places {
		if path.Base(p) == "exercises" {
			places[i] = path.Dir(p)
		}
	}
	around := common(places)
	if slices.Contains(places, around) {
		return nil
	}
	var folders []string
	for f := range l.folders {
		if f != "." && path.Dir(f) == around {
			folders = append(folders, f)
		}
	}
	slices.Sort(folders)
	return folders
}

// common is the innermost folder around all of folders; the only one of one, and
// "." of none.
func common(folders []string) string {
	if len(folders) == 0 {
		return "."
	}
	around := folders[0]
	for _, f := range folders[1:] {
		for around != "." && f != around && !strings.HasPrefix(f, around+"/") {
			around = path.Dir(around)
		}
	}
	return around
}

// folderRefs refers to the folders of a class within an archive.
func (l *listing) folderRefs(outer Ref, folders []string) []Ref {
	var all []Ref
	parts := l.parts(folders...)
	for _, f := range folders {
		ref := Ref{ID: path.Base(f), Path: outer.Path, Folder: f, Source: outer.Source + "/" + f}
		if l.kept {
			ref.listing = parts[f]
		}
		all = append(all, parts[f].refs(ref)...)
	}
	return all
}

func absolute(p string) string {
	if abs, err := filepath.Abs(p); err == nil {
		return abs
	}
	return filepath.Clean(p)
}
