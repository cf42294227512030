package results

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func shard(index, count int, ids ...string) Class {
	c := Class{Schema: Schema, Kit: Provenance{Version: "v", Seed: 7}, Shard: &Shard{index, count}}
	c.Started = time.Date(2026, 1, 31, 12, index, 0, 0, time.UTC)
	c.ElapsedMS = 1000
	for _, id := range ids {
		c.Submissions = append(c.Submissions, Grade{ID: id})
	}
	return c
}

func TestMerge(t *testing.T) {
	got, err := Merge(shard(1, 2, "ana", "zoe", "zoe"), shard(0, 2, "bob"))
	require.NoError(t, err)
	require.Nil(t, got.Shard)
	require.Equal(t, Provenance{Version: "v", Seed: 7}, got.Kit)
	require.Equal(t, int64(61_000), got.ElapsedMS)
	require.Equal(t, shard(0, 2).Started, got.Started)
	var ids []string
	for _, g := range got.Submissions {
		ids = append(ids, g.ID)
	}
	require.Equal(t, []string{"ana", "bob", "zoe", "zoe"}, ids)
}

func TestMergeOfWholeClasses(t *testing.T) {
	a, b := shard(0, 1, "ana"), shard(0, 1, "bob")
	a.Shard, b.Shard = nil, nil
	got, err := Merge(a, b)
	require.NoError(t, err)
	require.Len(t, got.Submissions, 2)
}

func TestMergeRefuses(t *testing.T) {
	with := func(c Class, change func(*Class)) Class { change(&c); return c }
	weigh := func(balance int) func(*Class) {
		return func(c *Class) {
			c.Submissions[0].MaxScore = 30
			c.Submissions[0].Exercises = []Exercise{{Name: "balance", MaxScore: balance}, {Name: "gil", MaxScore: 30 - balance}}
		}
	}
	for want, parts := range map[string][]Class{
		"no results":                         {},
		"shard 1 of 3 is missing":            {shard(0, 3), shard(2, 3)},
		"shard 0 was given twice":            {shard(0, 2), shard(0, 2)},
		"shards of different runs":           {shard(0, 2), shard(1, 3)},
		"there is no shard 2 of 2":           {shard(0, 2), shard(2, 2)},
		`"ana" is in results number 1 and 2`: {shard(0, 2, "ana"), shard(1, 2, "ana")},
		"different seeds (7 and 8)":          {shard(0, 2), with(shard(1, 2), func(c *Class) { c.Kit.Seed = 8 })},
		"different Go versions":              {shard(0, 2), with(shard(1, 2), func(c *Class) { c.Kit.Go = "go2" })},
		"different kit versions":             {shard(0, 2), with(shard(1, 2), func(c *Class) { c.Kit.Version = "w" })},
		"different sandboxes":                {shard(0, 2), with(shard(1, 2), func(c *Class) { c.Kit.Sandbox = "none" })},
		"different tests (hidden)":           {shard(0, 2), with(shard(1, 2), func(c *Class) { c.Kit.Hidden = true })},
		"number 2 stopped 3":                 {shard(0, 2), with(shard(1, 2), func(c *Class) { c.Unfinished = 3 })},
		`"ana" and "bob" were graded for different exercises or points (0 and 30)`: {
			shard(0, 2, "ana"), with(shard(1, 2, "bob"), func(c *Class) { c.Submissions[0].MaxScore = 30 }),
		},
		`"ana" and "bob" were graded for different exercises or points (0 and 0)`: {
			shard(0, 2, "ana"), with(shard(1, 2, "bob"), func(c *Class) { c.Submissions[0].Exercises = []Exercise{{Name: "gil"}} }),
		},
		`"ana" and "bob" were graded for different exercises or points (30 and 30)`: {
			with(shard(0, 2, "ana"), weigh(20)), with(shard(1, 2, "bob"), weigh(10)),
		},
		"of different runs": {shard(0, 2), with(shard(1, 2), func(c *Class) { c.Shard = nil })},
	} {
		_, err := Merge(parts...)
		require.ErrorContains(t, err, want)
	}
}
