package submission

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// got lists what s has for the exercises, "balance: balance.go helper.go", or
// what was found instead, or what is wrong.
func got(s *Submission) []string {
	var all []string
	for _, name := range exercises {
		c := s.Candidates[name]
		switch {
		case c.Err != nil:
			all = append(all, name+"! "+c.Err.Error())
		case len(c.Files) > 0:
			all = append(all, name+": "+strings.Join(slices.Sorted(maps.Keys(c.Files)), " "))
		case len(c.Found) > 0:
			all = append(all, name+"? "+strings.Join(c.Found, " "))
		}
	}
	return all
}

func TestLayouts(t *testing.T) {
	for _, test := range []struct {
		name  string
		files tree
		want  []string
	}{
		{"the kit's own", tree{"exercises/balance/balance.go": "x", "exercises/cache/cache.go": "y"}, []string{"balance: balance.go", "cache: cache.go"}},
		{"in a top folder", tree{"ana pérez (1)/exercises/balance/balance.go": "x"}, []string{"balance: balance.go"}},
		{"in two", tree{"a/b/exercises/balance/balance.go": "x", "a/README": ""}, []string{"balance: balance.go"}},
		{"exercise directories", tree{"balance/balance.go": "x", "cache/cache.go": "y"}, []string{"balance: balance.go", "cache: cache.go"}},
		{"in a top folder too", tree{"ana/balance/balance.go": "x", "ana/notes.txt": ""}, []string{"balance: balance.go"}},
		{"bare", tree{"balance.go": "x", "cache.go": "y"}, []string{"balance: balance.go", "cache: cache.go"}},
		{"bare, in a top folder", tree{"ana/balance.go": "x", "ana/other.go": "package main"}, []string{"balance: balance.go"}},
		{"bare, with helpers", tree{"balance.go": "x", "cache.go": "y", "help.go": "// Help.\npackage cache", "main.go": "package main"}, []string{"balance: balance.go", "cache: cache.go help.go"}},
		{"directory before bare", tree{"balance/balance.go": "x", "balance.go": "y"}, []string{"balance: balance.go"}},
		{"shallowest exercises", tree{"a/exercises/balance/balance.go": "x", "a/b/exercises/cache/cache.go": "y"}, []string{"balance: balance.go", "cache? a/b/exercises/cache/cache.go"}},
		{"exercises before others", tree{"exercises/balance/balance.go": "x", "cache.go": "y"}, []string{"balance: balance.go", "cache? cache.go"}},
		{"helpers", tree{"exercises/balance/balance.go": "x", "exercises/balance/help.go": "y", "exercises/balance/sub/z.go": ""}, []string{"balance: balance.go help.go"}},
		{"not used", tree{
			"exercises/balance/balance.go": "x", "exercises/balance/own_test.go": "", "exercises/balance/main_test.go": "",
			"exercises/balance/.hidden.go": "", "exercises/balance/_x.go": "", "exercises/balance/a.s": "", "exercises/balance/a.syso": "",
			"exercises/balance/go.mod": "", "exercises/balance/testdata/a.go": "", "__MACOSX/exercises/balance/._balance.go": "",
			"__MACOSX/exercises/cache/cache.go": "", ".git/exercises/cache/cache.go": "", "vendor/x/x.go": "", "go.work": "",
		}, []string{"balance: balance.go"}},
		{"scratch", tree{
			"exercises/balance/balance.go": "x", "exercises/balance/try.go": "// Try.\r\n\r\n//go:build ignore\r\n\r\npackage main\r\n",
			"exercises/balance/old.go": "//go:build ignore\n// +build ignore\n\npackage balance", "exercises/balance/race.go": "//go:build !race\n\npackage balance",
			"exercises/balance/plus.go":  "// +build ignore\n\npackage balance",
			"exercises/balance/prose.go": "package balance\n\n//go:build ignore\n", "exercises/balance/not.go": "//go:build !ignore\n\npackage balance",
			"exercises/cache/cache.go": "//go:build ignore\n\npackage cache",
		}, []string{"balance: balance.go not.go plus.go prose.go race.go", "cache: cache.go"}},
		{"the kit's own files", tree{"exercises/processes/processes.go": "x", "exercises/processes/child.go": "y", "exercises/processes/Child.go": "z"}, []string{"processes: processes.go"}},
		{"missing", tree{"exercises/balance/Balance.go": "x", "exercises/balance/b.go": "x", "exercises/cache/README.md": "", "exercises/gil/gil_test.go": ""}, []string{"balance? Balance.go b.go"}},
		{"elsewhere", tree{"exercises/balance/balance.go": "x", "src/Cache.go": "y"}, []string{"balance: balance.go", "cache? src/Cache.go"}},
		{"nothing of it", tree{"main.go": "x", "a/b.go": "y", "a/b_test.go": ""}, []string{"balance? a/b.go main.go", "cache? a/b.go main.go", "gil? a/b.go main.go", "processes? a/b.go main.go"}},
		{
			"differ in case",
			tree{"exercises/balance/balance.go": "x", "exercises/balance/Balance.go": "y", "exercises/cache/cache.go": ""},
			[]string{`balance! the names of "Balance.go" and "balance.go" differ only in case, which some systems do not see; keep one`, "cache: cache.go"},
		},
		{
			"odd file name",
			tree{"exercises/balance/balance.go": "x", "exercises/balance/a\nb.go": "y"},
			[]string{`balance! the compiler takes no file named "a\nb.go"; rename it to letters, digits and underscores`},
		},
		{"file name with a space", tree{"exercises/balance/balance.go": "x", "exercises/balance/año nuevo.go": "y"}, []string{"balance: año nuevo.go balance.go"}},
		{
			"long file name",
			tree{"exercises/balance/balance.go": "x", "exercises/balance/" + strings.Repeat("a", 98) + ".go": "y"},
			[]string{`balance! the compiler takes no file named "` + strings.Repeat("a", 98) + `.g..."; rename it to letters, digits and underscores`},
		},
		{
			"option as a file name",
			tree{"exercises/balance/balance.go": "x", "exercises/balance/-o.go": "y"},
			[]string{`balance! the compiler takes no file named "-o.go"; rename it to letters, digits and underscores`},
		},
		{
			"large",
			tree{"exercises/balance/balance.go": strings.Repeat("x", maxFile+1), "exercises/cache/cache.go": strings.Repeat("x", maxFile)},
			[]string{`balance! "balance.go" is larger than 1024 KB; hand in source text alone`, "cache: cache.go"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.files.ways(t, func(t *testing.T, s *Submission) {
				require.NoError(t, s.Err)
				require.Equal(t, "ana", s.ID)
				require.Equal(t, test.want, trimPaths(got(s)))
			})
		})
	}
}

// trimPaths makes the messages of directories those of archives.
func trimPaths(all []string) []string {
	for i := range all {
		all[i] = strings.ReplaceAll(all[i], `"exercises/balance/balance.go" is`, `"balance.go" is`)
	}
	return all
}

func TestContentsAreKeptByteForByte(t *testing.T) {
	text := "\ufeffpackage balance\r\n\r\nvar x = 1"
	tree{"exercises/balance/balance.go": text}.ways(t, func(t *testing.T, s *Submission) {
		require.Equal(t, text, string(s.Candidates["balance"].Files["balance.go"]))
	})
}

func TestErrors(t *testing.T) {
	many := tree{}
	for i := range maxFiles + 1 {
		many["exercises/balance/"+strings.Repeat("a", i)+"balance.go"] = ""
	}
	huge := tree{}
	for i := range 20 {
		huge["exercises/balance/"+strings.Repeat("a", i)+"balance.go"] = strings.Repeat("x", maxFile/2)
	}
	helpers := tree{"balance.go": "package balance", "cache.go": "package cache", "gil.go": "package gil", "processes.go": "package processes"}
	for i := range 15 {
		helpers[fmt.Sprintf("help%d.go", i)] = strings.Repeat("x", maxFile)
	}
	for _, test := range []struct {
		name  string
		files tree
		want  string
	}{
		{"too many bytes beside bare files", helpers, "has more than 8 MB of source files"},
		{"two at one depth", tree{"a/exercises/balance/balance.go": "", "b/exercises/cache/cache.go": ""}, `two folders named exercises, "a/exercises" and "b/exercises"; keep one`},
		{"two bare", tree{"a/balance.go": "", "b/cache.go": ""}, `two folders with exercises, "a" and "b"`},
		{"too many bytes", huge, "has more than 8 MB of source files"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.files.ways(t, func(t *testing.T, s *Submission) { refused(t, s.Err, test.want) })
		})
	}
	t.Run("too many files", func(t *testing.T) {
		many.ways(t, func(t *testing.T, s *Submission) {
			require.NoError(t, s.Err)
			refused(t, s.Candidates["balance"].Err, "holds 65 .go files, more than 64")
		})
	})
}

// Whoever hands in everything ever written hands in more files than one exercise
// may have.
func TestManyBareFiles(t *testing.T) {
	files := tree{"balance.go": "package balance", "balance_help.go": "package balance", "cache.go": "package cache"}
	for i := range 10 * maxFiles {
		files[fmt.Sprintf("x%d.go", i)] = "package main"
		files[fmt.Sprintf("y%d.go", i)] = "package cache"
	}
	files.ways(t, func(t *testing.T, s *Submission) {
		require.NoError(t, s.Err)
		require.Len(t, s.Candidates["balance"].Files, 2)
		refused(t, s.Candidates["cache"].Err, "holds 641 .go files, more than 64")
	})
}

// A helper counts once, though it is looked at before it is taken.
func TestBareHelpersWithinTheBudget(t *testing.T) {
	files := tree{"balance.go": "package balance"}
	for i := range 5 {
		files[fmt.Sprintf("help%d.go", i)] = "package balance\n//" + strings.Repeat("x", maxFile*9/10)
	}
	files.ways(t, func(t *testing.T, s *Submission) {
		require.NoError(t, s.Err)
		require.Len(t, s.Candidates["balance"].Files, 6)
	})
	require.NoError(t, Open(t.Context(), Ref{ID: "ana", Path: tree{"balance.go": "", "a.go": strings.Repeat("x", maxFile+1)}.dir(t, "ana")}, testKit).Err)
}

func TestLinksAreNotFollowed(t *testing.T) {
	tree{
		"exercises/balance/balance.go": "-> ../cache/cache.go", "exercises/cache/cache.go": "x",
		"exercises/gil": "-> /etc", "notes": "-> /etc/passwd",
	}.ways(t, func(t *testing.T, s *Submission) {
		require.NoError(t, s.Err)
		require.Equal(t, []string{"cache: cache.go"}, got(s))
		flagged(t, s,
			`"exercises/balance/balance.go" is a link or no ordinary file, and was not used`,
			`"exercises/gil" is a link or no ordinary file, and was not used`,
		)
	})
}

func TestArchivesBesideAreFlagged(t *testing.T) {
	tree{"hw/balance.go": "", "hw/old.zip": "x", "hw/eva.rar": "x", "old.zip": ""}.ways(t, func(t *testing.T, s *Submission) {
		flagged(t, s, `"eva.rar" is an archive beside the exercises, and was not used`, `"old.zip" is an archive beside the exercises, and was not used`)
	})
	tree{"exercises/balance/balance.go": "", "old.zip": ""}.ways(t, func(t *testing.T, s *Submission) { require.Empty(t, s.Flags) })
}

func TestEditsOfTheKitAreFlagged(t *testing.T) {
	tree{
		"p/go.mod": "module gorutinas\r\n", "p/exercises/balance/balance.go": "mine", "p/exercises/balance/balance_test.go": "edited",
		"p/exercises/balance/main_test.go": "any", "p/exercises/internal/probe/main.go": "edited", "p/exercises/processes/child.go": "package processes\n",
	}.ways(t, func(t *testing.T, s *Submission) {
		flagged(t, s, "edited tests in balance", "edited exercises/internal/probe/main.go, of which the kit's own copy was used")
	})
	tree{"go.mod": "module ana", "balance.go": ""}.ways(t, func(t *testing.T, s *Submission) { require.Empty(t, s.Flags) })
}

func TestOpenEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	files := tree{"exercises/balance/balance.go": ""}
	for _, p := range []string{files.dir(t, "ana"), files.packed(t, "ana.zip"), files.packed(t, "ana.tgz")} {
		require.ErrorIs(t, Open(ctx, Ref{Path: p}, testKit).Err, context.Canceled)
	}
}

func TestRefWithAnError(t *testing.T) {
	s := Open(context.Background(), Ref{ID: "ana", Source: "ana", Err: context.Canceled}, testKit)
	require.Equal(t, &Submission{ID: "ana", Source: "ana", Err: context.Canceled, Candidates: map[string]Candidate{}}, s)
}
