package sandbox

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Where the new root is put together: any directory that exists will do, since
// only this process sees the change.
const scratch = "/tmp"

// source is something of the machine that the new root shows, held open so
// that mounts on top of it and a change of user do not matter.
type source struct {
	path string
	dir  bool
	fd   int
}

// openSources opens the libraries, the null device, and this process's own
// directory of /proc, which stays its own when it becomes the program. Showing
// that alone works where a new /proc may not be mounted, as in a container,
// and leaves nothing else of /proc to read.
func openSources(libs []string) ([]source, error) {
	all := []source{{path: "/proc/self", dir: true}, {path: "/dev/null"}}
	for _, l := range libs {
		all = append(all, source{path: l})
	}
	for i := range all {
		fd, err := unix.Open(all[i].path, unix.O_PATH|unix.O_CLOEXEC, 0)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", all[i].path, err)
		}
		all[i].fd = fd
	}
	return all, nil
}

// enterRoot makes a root of the sources and a /tmp of disk bytes, and lets go
// of the machine's.
func enterRoot(sources []source, disk int64) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("leave the machine's mounts: %w", err)
	}
	if err := mountTmpfs(scratch, "size=64k,nr_inodes=256,mode=755"); err != nil {
		return err
	}
	for _, s := range sources {
		if err := s.bind(filepath.Join(scratch, s.path)); err != nil {
			return fmt.Errorf("show %s: %w", s.path, err)
		}
	}
	tmp := filepath.Join(scratch, "tmp")
	if err := os.Mkdir(tmp, 0o755); err != nil {
		return fmt.Errorf("make the new root: %w", err)
	}
	if err := mountTmpfs(tmp, fmt.Sprintf("size=%d,nr_inodes=4096,mode=700", disk)); err != nil {
		return err
	}
	if err := pivot(); err != nil {
		return fmt.Errorf("enter the new root: %w", err)
	}
	return os.Chdir("/tmp")
}

func mountTmpfs(at, options string) error {
	if err := unix.Mount("tmpfs", at, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, options); err != nil {
		return fmt.Errorf("mount a tmpfs: %w", err)
	}
	return nil
}

// bind shows the source at a path of the new root, read-only.
func (s source) bind(at string) error {
	if err := s.mountPoint(at); err != nil {
		return err
	}
	from := fmt.Sprintf("/proc/self/fd/%d", s.fd)
	if err := unix.Mount(from, at, "", unix.MS_BIND, ""); err != nil {
		return err
	}
	if s.path == "/dev/null" {
		return nil // nothing can be left there
	}
	return remountReadOnly(at)
}

func (s source) mountPoint(at string) error {
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	if s.dir {
		return os.Mkdir(at, 0o755)
	}
	f, err := os.OpenFile(at, os.O_CREATE|os.O_EXCL|os.O_RDONLY, 0o444)
	if err != nil {
		return err
	}
	return f.Close()
}

// remountReadOnly keeps what the mount forbids already: a user namespace may
// not permit more than the one around it.
func remountReadOnly(at string) error {
	var s unix.Statfs_t
	if err := unix.Statfs(at, &s); err != nil {
		return err
	}
	flags := uintptr(unix.MS_BIND | unix.MS_REMOUNT | unix.MS_RDONLY | unix.MS_NOSUID | unix.MS_NODEV)
	for have, keep := range map[uintptr]uintptr{
		unix.ST_NOEXEC:     unix.MS_NOEXEC,
		unix.ST_NOATIME:    unix.MS_NOATIME,
		unix.ST_NODIRATIME: unix.MS_NODIRATIME,
		unix.ST_RELATIME:   unix.MS_RELATIME,
	} {
		if uintptr(s.Flags)&have != 0 {
			flags |= keep
		}
	}
	return unix.Mount("", at, "", flags, "")
}

func pivot() error {
	if err := os.Chdir(scratch); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return err
	}
	// The old root now lies on top of the new one.
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return err
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	return remountReadOnly("/")
}
