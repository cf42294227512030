package build

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// Room is a directory for binaries, which one grader owns while it lives.
type Room struct {
	Dir   string // the sandbox's unprivileged user may pass through it but not list it
	owner *os.File
}

// ownerFile is in every room and locked by the room's owner, so that the lock
// ends with the owner however that ends.
const ownerFile = ".owner"

// roomName is what rooms are called. Nothing else is ever cleared away.
var roomName = regexp.MustCompile(`^gorutinas-[0-9]+$`)

// NewRoom makes a room in the directory for temporary files, and clears away
// those there whose owners died without closing them.
func NewRoom() (*Room, error) {
	clearRooms(os.TempDir())
	for {
		r, err := openRoom()
		switch {
		case err == nil:
			return r, nil
		case !errors.Is(err, errCleared):
			return nil, fmt.Errorf("no room for test binaries: %w; set TMPDIR to a directory with space", err)
		}
	}
}

// errCleared says that another grader took a room for one without an owner,
// before it was locked.
var errCleared = errors.New("the room was cleared away")

func openRoom() (*Room, error) {
	dir, err := os.MkdirTemp("", "gorutinas-")
	if err != nil {
		return nil, err
	}
	r := &Room{Dir: dir}
	r.owner, err = os.OpenFile(filepath.Join(dir, ownerFile), os.O_CREATE|os.O_RDWR, 0o600)
	if errors.Is(err, os.ErrNotExist) {
		return nil, errCleared
	}
	if err == nil {
		err = lock(r.owner)
	}
	if err == nil && !there(r.owner) {
		err = errCleared
	}
	if err == nil {
		err = os.Chmod(dir, 0o711)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// there reports whether f still is the file of its name.
func there(f *os.File) bool {
	mine, err1 := f.Stat()
	now, err2 := os.Stat(f.Name())
	return err1 == nil && err2 == nil && os.SameFile(mine, now)
}

// Close removes the room and everything in it.
func (r *Room) Close() error {
	err := os.RemoveAll(r.Dir)
	if r.owner != nil {
		r.owner.Close() // last, so that nobody else removes it meanwhile
	}
	return err
}

// clearRooms removes the rooms in dir that this user made and nobody owns any
// more. What cannot be removed stays.
func clearRooms(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !roomName.MatchString(e.Name()) {
			continue
		}
		if info, err := e.Info(); err == nil && info.IsDir() && mine(info) {
			clearRoom(filepath.Join(dir, e.Name()))
		}
	}
}

func clearRoom(dir string) {
	f, err := os.OpenFile(filepath.Join(dir, ownerFile), os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		_ = os.Remove(dir) // only an empty one goes
		return
	}
	if err != nil {
		return
	}
	defer f.Close()
	if tryLock(f) && there(f) {
		_ = os.RemoveAll(dir)
	}
}
