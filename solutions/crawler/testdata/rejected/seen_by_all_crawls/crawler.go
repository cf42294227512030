// Rejected: TestTogether race: what has been seen is a variable of the package.

package crawler

import "context"

// Fetch gets a page.
type Fetch func(ctx context.Context, url string) (links []string, err error)

// Options say how far.
type Options struct {
	MaxDepth    int
	MaxInFlight int
}

var seen map[string]bool

type reply struct {
	url   string
	links []string
	err   error
}

func Crawl(ctx context.Context, start string, fetch Fetch, opt Options) (map[string]error, error) {
	if fetch == nil {
		panic("crawler: nil fetch")
	}
	done := map[string]error{}
	seen = map[string]bool{start: true}
	level := []string{start}
	for depth := 0; len(level) > 0; depth++ {
		limit := opt.MaxInFlight
		if limit < 1 || limit > len(level) {
			limit = len(level)
		}
		replies := make(chan reply, len(level))
		launch := func(u string) {
			go func() {
				links, err := fetch(ctx, u)
				replies <- reply{u, links, err}
			}()
		}
		next := 0
		for ; next < limit; next++ {
			launch(level[next])
		}
		var following []string
		for range level {
			if ctx.Err() != nil {
				return done, ctx.Err()
			}
			select {
			case <-ctx.Done():
				return done, ctx.Err()
			case r := <-replies:
				done[r.url] = r.err
				if ctx.Err() != nil {
					return done, ctx.Err()
				}
				if next < len(level) {
					launch(level[next])
					next++
				}
				if r.err != nil || depth >= opt.MaxDepth {
					continue
				}
				for _, l := range r.links {
					if !seen[l] {
						seen[l] = true
						following = append(following, l)
					}
				}
			}
		}
		level = following
	}
	return done, nil
}
