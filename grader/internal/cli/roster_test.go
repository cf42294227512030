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
	refs := []submission.Ref{{ID: "ana"}}
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
		{"empty lines", "id,name\n,\n\neva,\n", []string{"eva"}},
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
}
