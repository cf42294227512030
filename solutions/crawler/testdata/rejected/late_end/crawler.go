// Rejected: TestEverySchedule fail: the select may take the last result although ctx is done, and nobody looks again.

package crawler

import "context"

type Fetch func(ctx context.Context, url string) (links []string, err error)

type Options struct {
	MaxDepth    int
	MaxInFlight int
}

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
	seen := map[string]bool{start: true}
	level := []string{start}
	for depth := 0; len(level) > 0; depth++ {
		replies := make(chan reply, len(level))
		limit := opt.MaxInFlight
		if limit < 1 {
			limit = len(level)
		}
		var next []string
		running, i := 0, 0
		for i < len(level) || running > 0 {
			if err := ctx.Err(); err != nil && i < len(level) {
				return done, err
			}
			if i < len(level) && running < limit {
				url := level[i]
				i++
				running++
				go func() {
					links, err := fetch(ctx, url)
					replies <- reply{url, links, err}
				}()
				continue
			}
			select {
			case r := <-replies:
				running--
				done[r.url] = r.err
				if r.err != nil || depth >= opt.MaxDepth {
					continue
				}
				for _, l := range r.links {
					if !seen[l] {
						seen[l] = true
						next = append(next, l)
					}
				}
			case <-ctx.Done():
				return done, ctx.Err()
			}
		}
		level = next
	}
	return done, nil
}
