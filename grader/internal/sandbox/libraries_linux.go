package sandbox

import (
	"bufio"
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// linkerCache tells the loader of glibc where libraries are.
const linkerCache = "/etc/ld.so.cache"

// libraries returns the ELF interpreter of a program and all files that it
// will load: itself, the shared libraries, theirs, and the linker's cache.
// A static program needs none; what is no ELF file is an error.
func libraries(program *os.File) (loader string, files []string, err error) {
	f, err := elf.NewFile(program)
	if err != nil {
		return "", nil, fmt.Errorf("%s is not a program: %w", program.Name(), err)
	}
	if loader = interpreter(f); loader == "" {
		return "", nil, nil
	}
	s := librarySearch{machine: f.Machine, found: map[string]bool{}}
	s.add(loader)
	if err := s.needs(f); err != nil {
		return "", nil, err
	}
	if _, err := os.Stat(linkerCache); err == nil {
		s.add(linkerCache)
	}
	return loader, s.files, nil
}

func interpreter(f *elf.File) string {
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP && p.Filesz < 4096 {
			b := make([]byte, p.Filesz)
			if _, err := p.ReadAt(b, 0); err == nil {
				return strings.TrimRight(string(b), "\x00")
			}
		}
	}
	return ""
}

// librarySearch follows the names of needed libraries to files.
type librarySearch struct {
	machine elf.Machine
	files   []string
	found   map[string]bool
	dirs    []string // where the system keeps libraries
}

func (s *librarySearch) add(path string) {
	if !s.found[path] {
		s.found[path] = true
		s.files = append(s.files, path)
	}
}

// needs adds the libraries of f, and of those in turn.
func (s *librarySearch) needs(f *elf.File) error {
	names, err := f.ImportedLibraries()
	if err != nil {
		return fmt.Errorf("read the list of libraries: %w", err)
	}
	for _, name := range names {
		if s.found[name] || s.isLoader(name) {
			continue
		}
		s.found[name] = true
		if err := s.follow(name, runPath(f)); err != nil {
			return err
		}
	}
	return nil
}

// isLoader: the loader is mapped already when a library names it.
func (s *librarySearch) isLoader(name string) bool { return filepath.Base(s.files[0]) == name }

func (s *librarySearch) follow(name string, first []string) error {
	if s.dirs == nil {
		s.dirs = systemDirs(s.files[0])
	}
	for _, dir := range append(first, s.dirs...) {
		path := filepath.Join(dir, name)
		lib, err := elf.Open(path)
		if err != nil {
			continue
		}
		fits := lib.Machine == s.machine
		if fits {
			s.add(path)
			err = s.needs(lib)
		}
		if err := errors.Join(err, lib.Close()); err != nil || fits {
			return err
		}
	}
	return fmt.Errorf("library %s is nowhere in %s: install it or add its directory to /etc/ld.so.conf",
		name, strings.Join(s.dirs, ", "))
}

// runPath is where f itself says that its libraries are.
func runPath(f *elf.File) (dirs []string) {
	for _, tag := range []elf.DynTag{elf.DT_RUNPATH, elf.DT_RPATH} {
		values, _ := f.DynString(tag)
		for _, v := range values {
			for dir := range strings.SplitSeq(v, ":") {
				if filepath.IsAbs(dir) {
					dirs = append(dirs, dir)
				}
			}
		}
	}
	return dirs
}

func systemDirs(loader string) []string {
	dirs := configured("/etc/ld.so.conf", 0)
	if real, err := filepath.EvalSymlinks(loader); err == nil {
		dirs = append(dirs, filepath.Dir(real))
	}
	return append(dirs, "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib")
}

// configured reads a file of directories, and those that it includes.
func configured(path string, depth int) (dirs []string) {
	f, err := os.Open(path)
	if err != nil || depth > 4 {
		return nil
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 2 && words[0] == "include":
			more, _ := filepath.Glob(words[1])
			for _, m := range more {
				dirs = append(dirs, configured(m, depth+1)...)
			}
		case len(words) == 1 && filepath.IsAbs(words[0]):
			dirs = append(dirs, words[0])
		}
	}
	return dirs
}
