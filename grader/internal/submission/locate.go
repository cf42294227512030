package submission

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
)

// layout says where in a listing the exercises lie.
type layout struct {
	base    string // NAME/NAME.go or NAME.go are in here
	project string // what corresponds to the kit's root
	bare    bool   // NAME.go directly in base counts too
}

// locate finds the shallowest folder named exercises. Without one it finds the
// shallowest folder that holds NAME/NAME.go or NAME.go for one of names.
func locate(l *listing, names []string) (layout, error) {
	base, err := l.shallowest(l.foldersNamed("exercises"), "folders named exercises", "keep one")
	if err != nil {
		return layout{}, err
	}
	if base != "" {
		return layout{base: base, project: path.Dir(base)}, nil
	}
	base, err = l.shallowest(l.holders(names), "folders with exercises", "put them into one folder named exercises")
	if err != nil {
		return layout{}, err
	}
	if base == "" {
		base = "."
	}
	return layout{base: base, project: base, bare: true}, nil
}

func (l *listing) foldersNamed(name string) []string {
	var all []string
	for f := range l.folders {
		if path.Base(f) == name {
			all = append(all, f)
		}
	}
	return all
}

// holders returns the folders that hold an exercise's main file, or an
// exercise's directory with it.
func (l *listing) holders(names []string) []string {
	all := map[string]bool{}
	for f := range l.files {
		name, ok := cutGo(path.Base(f))
		if !ok || !slices.Contains(names, name) {
			continue
		}
		dir := path.Dir(f)
		if path.Base(dir) == name {
			dir = path.Dir(dir)
		}
		all[dir] = true
	}
	return slices.Collect(maps.Keys(all))
}

// shallowest returns the only one of folders at the least depth, "" for none.
func (l *listing) shallowest(folders []string, what, advice string) (string, error) {
	if len(folders) == 0 {
		return "", nil
	}
	slices.SortFunc(folders, func(a, b string) int {
		return cmp.Or(cmp.Compare(depth(a), depth(b)), cmp.Compare(a, b))
	})
	if len(folders) > 1 && depth(folders[0]) == depth(folders[1]) {
		return "", fmt.Errorf("%q holds two %s, %q and %q; %s", l.name, what, shorten(folders[0]), shorten(folders[1]), advice)
	}
	return folders[0], nil
}
