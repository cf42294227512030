package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/submission"
)

func TestAbsentees(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roster.csv")
	refs := []submission.Ref{{ID: "ana"}, {ID: "Jos\u00e9"}, {ID: "Pen\u0303a"}}
	for _, tt := range []struct {
		name, roster string
		want         []string
	}{
		{"everybody is there", "ana\n", nil},
		{"a head", "Student,Section\nana,A\neva,B\n", []string{"eva"}},
		{"no head", "eva\nana\nbob\n", []string{"eva", "bob"}},
		{"twice", "id\neva\nana\neva \n", []string{"eva"}},
		{"semicolons", "id;name\r\nana;Ana\r\neva;Mora, Eva\r\n", []string{"eva"}},
		{"semicolons in a cell", "id,name\nana,Ana\neva,a;b\n", []string{"eva"}},
		{"a byte order mark", "\uFEFF\"id\";\"name\"\n\"eva\";\"Eva\"\n", []string{"eva"}},
		{"a comma in a cell", "\"Mora, Eva\";eva@x\n\"ana\";a@x\n", []string{"Mora, Eva"}},
		{"a platform's head", "First name,Last name\nana,A\neva,M\n", []string{"eva"}},
		{"accents of two kinds, twice", "Zoe\u0301\nZo\u00e9\n", []string{"Zoe\u0301"}},
		{"empty lines", "id,name\n,\n\neva,\n", []string{"eva"}},
		{"a head in Spanish", "Nombre;Apellido\nana;A\nEva;M\n", []string{"Eva"}},
		{"accents of two kinds", "Jose\u0301\nPe\u00f1a\n", nil},
		{"empty", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.NoError(t, os.WriteFile(path, []byte(tt.roster), 0o644))
			absent, err := absentees(path, refs)
			require.NoError(t, err)
			var ids []string
			for _, r := range absent {
				require.ErrorIs(t, r.Err, errNothing)
				ids = append(ids, r.ID)
			}
			require.Equal(t, tt.want, ids)
		})
	}
}

func TestAbsenteesRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roster.csv")
	_, err := absentees(path, nil)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "; name the class's CSV file")

	require.NoError(t, os.WriteFile(path, []byte("PK\"\n"), 0o644))
	_, err = absentees(path, nil)
	require.ErrorContains(t, err, "is no CSV file")
	require.ErrorContains(t, err, "; name the class's CSV file")

	require.NoError(t, os.WriteFile(path, []byte("id\nPe\xf1a\n"), 0o644))
	_, err = absentees(path, nil)
	require.ErrorContains(t, err, "is not in UTF-8, so that its names match no submission; save it as CSV UTF-8")

	require.NoError(t, os.WriteFile(path, []byte("id\n\x1b[2Jeva\n"), 0o644))
	_, err = absentees(path, nil)
	require.ErrorContains(t, err, `the id "\x1b[2Jeva" in line 2 holds characters that cannot be seen`)
}
