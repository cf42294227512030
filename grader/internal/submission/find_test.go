package submission

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/message"
)

// found lists refs as "id: source", with "!" for one that cannot be opened.
func found(refs []Ref) []string {
	var all []string
	for _, r := range refs {
		mark := ": "
		if r.Err != nil {
			mark = "! "
		}
		all = append(all, r.ID+mark+r.Source)
	}
	return all
}

func TestFind(t *testing.T) {
	one := tree{"exercises/balance/balance.go": "package balance"}
	bare := tree{"balance.go": "package balance"}
	zip, tgz := one.zip(t), bare.tarGz(t)
	for _, test := range []struct {
		name  string
		files tree
		want  []string
	}{
		{"a submission", tree{"exercises/README": ""}, []string{"top: top"}},
		{"bare files", tree{"balance.go": "", "notes/a.go": ""}, []string{"top: top"}},
		{"exercise directories", tree{"balance/balance.go": "", "cache/cache.go": "", "old/exercises/x": ""}, []string{"top: top"}},
		{"sources, but no exercise", tree{"main.go": ""}, []string{"top: top"}},
		{
			"a class",
			tree{"ana/exercises/x": "", "luis/balance.go": "", "eva/cache/cache.go": "", "zoe.zip": zip, "max.tar.gz": tgz, "tom.TGZ": tgz, "README.md": "", "roster.csv": "", ".git/exercises/x": ""},
			[]string{"ana: ana", "eva: eva", "luis: luis", "max: max.tar.gz", "tom: tom.TGZ", "zoe: zoe.zip"},
		},
		{"who handed in nothing", tree{"ana/exercises/x": "", "eva/": "", "luis/main.go": ""}, []string{"ana: ana", "eva: eva", "luis: luis"}},
		{"earlier results", tree{"ana/exercises/x": "", "grades/results.json": `{ "schema": "gorutinas/results/v1",`, "skipped/submissions/ana.json": ""}, []string{"ana: ana"}},
		{"earlier results elsewhere", tree{"ana/exercises/x": "", "old/results.json": `{ "schema": "gorutinas/results/v1",`, "old/submissions/ana.json": ""}, []string{"ana: ana"}},
		{"a student with nothing but results", tree{"ana/exercises/x": "", "eva/results.json": `{ "schema": "gorutinas/results/v1",`}, []string{"ana: ana", "eva: eva"}},
		{
			"earlier results in the class itself",
			tree{"ana/exercises/x": "", "eva/": "", "results.json": `{ "schema": "gorutinas/results/v1",`, "submissions/ana.json": "", "submissions/eva.json": ""},
			[]string{"ana: ana", "eva: eva"},
		},
		{
			"earlier results among the submissions",
			tree{"submissions/ana/exercises/x": "", "submissions/eva/balance.go": "", "submissions/luis/": "", "results.json": `{ "schema": "gorutinas/results/v1",`, "submissions/ana.json": ""},
			[]string{"ana: submissions/ana", "eva: submissions/eva", "luis: submissions/luis"},
		},
		{"a student called submissions", tree{"ana/exercises/x": "", "submissions/": "", "results.json": "{}"}, []string{"ana: ana", "submissions: submissions"}},
		{"a file called results.json", tree{"ana/exercises/x": "", "eva/results.json": "{}"}, []string{"ana: ana", "eva: eva"}},
		{
			"others within a student's",
			tree{"ana/exercises/x": "", "eva.zip": zip, "mal/ana/exercises/x": "", "mal/eva/exercises/x": "", "tom.zip": tree{"ana.zip": zip, "zoe.zip": zip}.zip(t)},
			[]string{"ana: ana", "eva: eva.zip", "mal/ana! mal/ana", "mal/eva! mal/eva", "tom.zip/ana.zip! tom.zip/ana.zip", "zoe: tom.zip/zoe.zip"},
		},
		{
			"others beside a student's only one",
			tree{"ana/ana-perez.zip": zip, "bob/ana.zip": zip, "bob/bob.zip": zip, "eva/work/exercises/x": "", "mal/eva/exercises/x": "", "mal/mal/exercises/x": ""},
			[]string{"ana: ana/ana-perez.zip", "bob: bob/bob.zip", "bob/ana.zip! bob/ana.zip", "eva: eva/work", "mal: mal/mal", "mal/eva! mal/eva"},
		},
		{"other archives", tree{"ana/exercises/x": "", "b.rar": "", "c.7z": "", "d.go": "", "e.tar": ""}, []string{"ana: ana", "b! b.rar", "c! c.7z", "d! d.go", "e! e.tar"}},
		{
			"cloned repositories",
			tree{"hw-submissions/hw-ana/exercises/x": "", "hw-submissions/hw-luis/exercises/x": "", "hw-submissions/hw-eva/README.md": ""},
			[]string{"hw-ana: hw-submissions/hw-ana", "hw-eva: hw-submissions/hw-eva", "hw-luis: hw-submissions/hw-luis"},
		},
		{"one cloned repository", tree{"hw-submissions/hw-ana/exercises/x": ""}, []string{"hw-ana: hw-submissions/hw-ana"}},
		{"sections", tree{"a/ana/exercises/x": "", "a/luis.zip": zip, "b/eva/exercises/x": "", "b/max/exercises/x": ""}, []string{"ana: a/ana", "eva: b/eva", "luis: a/luis.zip", "max: b/max"}},
		{
			"a platform's folders",
			tree{"Ana Pérez_1_file/tarea.zip": zip, "Luis_2_file/tarea.zip": zip, "Luis_2_file/tarea.pdf": "", "Eva_3_file/proyecto/exercises/x": "", "Eva_3_file/notas/x": ""},
			[]string{"Ana Pérez_1_file: Ana Pérez_1_file/tarea.zip", "Eva_3_file: Eva_3_file/proyecto", "Luis_2_file: Luis_2_file/tarea.zip"},
		},
		{"a student called Gil", tree{"gil/gil.go": "", "ana/exercises/x": "", "luis/exercises/x": ""}, []string{"ana: ana", "gil: gil", "luis: luis"}},
		{"an archive of archives among them", tree{"ana/exercises/x": "", "rest.zip": tree{"luis.zip": zip, "eva.tgz": tgz}.zip(t)}, []string{"ana: ana", "eva: rest.zip/eva.tgz", "luis: rest.zip/luis.zip"}},
		{
			"a student's own copies",
			tree{"ana/balance.go": "", "ana/backup.zip": zip, "ana/old.zip": zip, "eva/hw/cache.go": "", "eva/hw/a.zip": zip, "eva/hw/b.zip": zip, "luis.zip": zip},
			[]string{"ana: ana", "eva: eva/hw", "luis: luis.zip"},
		},
		{
			"a stray file among archives and folders",
			tree{"a/balance.go": "", "a/ana.zip": zip, "a/eva/exercises/x": "", "a/luis.zip": zip},
			[]string{"ana: a/ana.zip", "balance! a/balance.go", "eva: a/eva", "luis: a/luis.zip"},
		},
		{"a class with a stray file", tree{"balance.go": "", "ana.zip": zip, "luis.zip": zip}, []string{"ana: ana.zip", "balance! balance.go", "luis: luis.zip"}},
		{"archives beside an exercise's folder", tree{"a/gil/gil.go": "", "a/ana.zip": zip, "a/luis.zip": zip}, []string{"ana: a/ana.zip", "gil: a/gil", "luis: a/luis.zip"}},
		{"one id", tree{"ana/exercises/x": "", "ana.zip": zip, "luis.zip": zip}, []string{"ana! ana", "ana! ana.zip", "luis: luis.zip"}},
		{"links", tree{"ana/exercises/x": "", "luis": "-> ana", "eva.zip": "-> /etc/passwd"}, []string{"ana: ana", "eva.zip! eva.zip", "luis! luis"}},
		{
			"odd names",
			tree{"a\nb/exercises/x": "", "\"q\" & <b>/exercises/x": "", "::notice::/exercises/x": "", "\xe9/exercises/x": "", ".zip": zip, "-n/exercises/x": ""},
			[]string{`"q" & <b>: "q" & <b>`, "-n: -n", "::notice::: ::notice::", `\xe9: \xe9`, "a\\nb! a\nb"},
		},
		{"broken archive", tree{"ana/exercises/x": "", "eva.zip": "hello", "luis.tgz": zip}, []string{"ana: ana", "eva! eva.zip", "luis! luis.tgz"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			top := test.files.dir(t, "top")
			refs, err := Find(t.Context(), []string{top}, exercises, filepath.Join(top, "skipped"))
			require.NoError(t, err)
			require.Equal(t, test.want, found(refs))
		})
	}
}

// A submission in what lies beside others may be somebody's who wrote another's name on
// it. In a class of sections none lies beside one.
func TestWithinAnothers(t *testing.T) {
	flags := func(files tree) map[string][]string {
		refs, err := Find(t.Context(), []string{files.dir(t, "top")}, exercises)
		require.NoError(t, err)
		all := map[string][]string{}
		for _, r := range refs {
			s := Open(t.Context(), r, testKit)
			for _, f := range s.Flags {
				require.NotEqual(t, f, message.FlagIn("es", f), "no Spanish for it")
			}
			all[s.ID] = s.Flags
		}
		return all
	}
	const within = `found in %q, which lies beside other submissions; see whose it is`
	const name = "/exercises/balance/balance.go"
	zip := tree{"balance.go": "package balance"}.zip(t)
	require.Equal(t, map[string][]string{
		"ana": nil, "eva": nil, "luis": nil,
		"bob": {fmt.Sprintf(within, "mal")}, "zoe": {fmt.Sprintf(within, "mal")}, "max": {fmt.Sprintf(within, "tom.zip")}, "tim": {fmt.Sprintf(within, "tom.zip")},
	}, flags(tree{
		"ana" + name: "", "eva/work" + name: "", "luis/": "", "mal/zoe" + name: "", "mal/bob/b" + name: "",
		"tom.zip": tree{"max.zip": zip, "tim.zip": zip}.zip(t),
	}))
	require.Equal(t, map[string][]string{"ana": nil, "eva": nil, "luis": nil, "zoe": nil, "tom": nil}, flags(tree{
		"a/ana" + name: "", "a/eva" + name: "", "b/luis" + name: "", "b/zoe" + name: "", "tom/": "",
	}))
}

func TestFindInArchives(t *testing.T) {
	zip := tree{"exercises/balance/balance.go": "package balance"}.zip(t)
	tgz := tree{"balance.go": "package balance"}.tarGz(t)
	for _, test := range []struct {
		name  string
		files tree
		want  []string
	}{
		{"a submission", tree{"exercises/x": ""}, []string{"class: class.zip"}},
		{"with sources and archives", tree{"balance.go": "", "a.zip": zip, "b.zip": zip}, []string{"class: class.zip"}},
		{"packed twice", tree{"tarea.zip": zip, "tarea.pdf": ""}, []string{"class: class.zip"}},
		{"a class", tree{"ana.zip": zip, "luis.tar.gz": tgz, "eva.rar": "", "__MACOSX/ana.zip": "", "roster.csv": ""}, []string{"ana: class.zip/ana.zip", "eva! class.zip/eva.rar", "luis: class.zip/luis.tar.gz"}},
		{"in a folder", tree{"hw/ana.zip": zip, "hw/luis.zip": zip}, []string{"ana: class.zip/hw/ana.zip", "luis: class.zip/hw/luis.zip"}},
		{
			"a platform's folders",
			tree{"Ana_1/balance.go": "", "Ben_2/tarea.zip": zip, "Eva_3/exercises/x": "", "Max_4/p/balance/balance.go": "", "Tom_5/notas.pdf": "", "Zoe_6/a.zip": zip, "Zoe_6/b.zip": zip, "roster.csv": ""},
			[]string{"Ana_1: class.zip/Ana_1", "Ben_2: class.zip/Ben_2/tarea.zip", "Eva_3: class.zip/Eva_3", "Max_4: class.zip/Max_4", "Tom_5: class.zip/Tom_5", "a: class.zip/Zoe_6/a.zip", "b: class.zip/Zoe_6/b.zip"},
		},
		{"in a folder around them", tree{"hw/ana/balance.go": "", "hw/luis/balance.go": "", "hw/eva/main.go": ""}, []string{"ana: class.zip/hw/ana", "eva: class.zip/hw/eva", "luis: class.zip/hw/luis"}},
		{"with an older copy", tree{"hw/exercises/x": "", "hw/old/exercises/x": ""}, []string{"class: class.zip"}},
		{"exercises alone", tree{"hw/balance/balance.go": "", "hw/cache/cache.go": ""}, []string{"class: class.zip"}},
		{"a name in capitals", tree{"BALANCE.GO": ""}, []string{"class: class.zip"}},
		{"in folders of their own", tree{"Ana_1/tarea.zip": zip, "Luis_2/tarea.zip": zip}, []string{"Ana_1: class.zip/Ana_1/tarea.zip", "Luis_2: class.zip/Luis_2/tarea.zip"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, name := range []string{"class.zip", "class.tar.gz"} {
				refs, err := Find(t.Context(), []string{test.files.packed(t, name)}, exercises)
				require.NoError(t, err)
				all := found(refs)
				for i := range all {
					all[i] = strings.Replace(all[i], "class.tar.gz", "class.zip", 1)
				}
				require.Equal(t, test.want, all)
			}
		})
	}
}

func TestOpenInner(t *testing.T) {
	inner := tree{"ana/exercises/balance/balance.go": "package balance"}
	for _, name := range []string{"class.zip", "class.tgz"} {
		p := tree{"ana.zip": inner.zip(t), "luis.tgz": inner.tarGz(t), "eva.zip": "hello"}.packed(t, name)
		refs, err := Find(t.Context(), []string{p}, exercises)
		require.NoError(t, err)
		require.Len(t, refs, 3)
		for _, ref := range refs {
			s := Open(context.Background(), ref, testKit)
			if ref.ID == "eva" {
				refused(t, s.Err, `"eva.zip" cannot be unpacked`)
				continue
			}
			require.NoError(t, s.Err)
			require.Equal(t, []string{"balance: balance.go"}, got(s))
		}
	}
}

// A folder of a class in an archive is opened as if it were all there is.
func TestOpenFolder(t *testing.T) {
	for _, name := range []string{"class.zip", "class.tgz"} {
		p := tree{"hw/ana/balance.go": "package balance", "hw/eva/src/exercises/cache/cache.go": "", "hw/luis/notes.txt": ""}.packed(t, name)
		refs, err := Find(t.Context(), []string{p}, exercises)
		require.NoError(t, err)
		all := map[string][]string{}
		for _, ref := range refs {
			s := Open(context.Background(), ref, testKit)
			require.NoError(t, s.Err)
			all[s.ID] = got(s)
		}
		require.Equal(t, map[string][]string{"ana": {"balance: balance.go"}, "eva": {"cache: cache.go"}, "luis": nil}, all)
	}
}

// Who is in a class's archive beside others is one submission in a class's folder:
// there an archive is a student's.
func TestFoldersInAStudentsArchive(t *testing.T) {
	top := tree{"ana.zip": tree{"a/balance.go": "", "b/balance.go": ""}.zip(t), "luis.zip": tree{"balance.go": ""}.zip(t)}.dir(t, "top")
	refs, err := Find(t.Context(), []string{top}, exercises)
	require.NoError(t, err)
	require.Equal(t, []string{"ana: ana.zip", "luis: luis.zip"}, found(refs))
	refused(t, Open(t.Context(), refs[0], testKit).Err, `two folders with exercises, "a" and "b"`)
}

func TestFindIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Find(ctx, []string{tree{"ana/exercises/x": ""}.dir(t, "top")}, exercises)
	require.ErrorIs(t, err, context.Canceled)
}

func TestFindRefuses(t *testing.T) {
	empty := tree{"notes.txt": "", "a/b/": ""}.dir(t, "top")
	_, err := Find(t.Context(), []string{empty}, exercises)
	require.ErrorContains(t, err, "holds no submission; give")
	_, err = Find(t.Context(), []string{filepath.Join(empty, "nowhere")}, exercises)
	require.ErrorContains(t, err, "does not exist; give")
	_, err = Find(t.Context(), []string{filepath.Join(empty, "notes.txt")}, exercises)
	require.ErrorContains(t, err, "is no submission; give")
}

func TestSomeArgumentsAreEmpty(t *testing.T) {
	top := tree{"ana/exercises/x": "", "luis/notes.txt": "", "grades/results.json": `{ "schema": "gorutinas/results/v1",`, "README.md": "", "roster.csv": ""}.dir(t, "top")
	refs, err := Find(t.Context(), []string{top + "/README.md", top + "/ana", top + "/grades", top + "/luis", top + "/roster.csv"}, exercises)
	require.NoError(t, err)
	require.Equal(t, []string{"ana: ana", "luis: luis"}, found(refs))
	_, err = Find(t.Context(), []string{top + "/luis", top + "/luis/"}, exercises)
	require.ErrorContains(t, err, "holds no submission; give", "one argument, given twice")
	more := tree{"results.json": `{ "schema": "gorutinas/results/v1",`, "submissions/": ""}.dir(t, "more")
	_, err = Find(t.Context(), []string{top + "/grades", more}, exercises)
	require.ErrorContains(t, err, "no submission in any of")
}

func TestSeveralArguments(t *testing.T) {
	top := tree{"a/ana/exercises/x": "", "b/ana/exercises/x": "", "b/luis/exercises/x": ""}.dir(t, "top")
	refs, err := Find(t.Context(), []string{top + "/a", top + "/b", top + "/b/", top + "/a"}, exercises)
	require.NoError(t, err)
	require.Equal(t, []string{"ana! ana", "ana! ana", "luis: luis"}, found(refs))
	refused(t, refs[0].Err, top+"/a/ana")
}

func TestTheWorkingDirectory(t *testing.T) {
	t.Chdir(tree{"exercises/balance/balance.go": ""}.dir(t, "ana"))
	s := open(t, ".")
	require.NoError(t, s.Err)
	require.Equal(t, "ana", s.ID)
	require.Equal(t, []string{"balance: balance.go"}, got(s))
}
