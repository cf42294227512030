package sandbox

import (
	"errors"
	"fmt"

	"github.com/landlock-lsm/go-landlock/landlock"
	landlocksys "github.com/landlock-lsm/go-landlock/landlock/syscall"
)

const (
	readFile = landlocksys.AccessFSReadFile
	readDir  = landlocksys.AccessFSReadDir
	execute  = landlocksys.AccessFSExecute
	write    = landlocksys.AccessFSWriteFile
	truncate = landlocksys.AccessFSTruncate
	makeTree = landlocksys.AccessFSMakeDir | landlocksys.AccessFSMakeReg |
		landlocksys.AccessFSRemoveDir | landlocksys.AccessFSRemoveFile | landlocksys.AccessFSRefer
)

// restrictFiles has Landlock refuse all files but those that the program
// needs. In Full it is a second wall behind the new root, and kernels without
// it are good enough.
func (o *order) restrictFiles(fd int) error {
	abi, err := landlocksys.LandlockGetABIVersion()
	if err != nil || abi < 1 {
		if o.Tier == Full {
			return nil
		}
		return errors.New("the kernel has no Landlock (Linux 5.13 or newer, with landlock in its lsm= list)")
	}
	config := landlock.V10.BestEffort()
	if o.Tier == Full {
		config.HandledAccessNet = 0 // the network is its own
	}
	rules, flags, err := config.NewRulesetFD(o.fileRules(fd, abi)...)
	if err != nil {
		return fmt.Errorf("make Landlock rules: %w", err)
	}
	if err := landlocksys.LandlockRestrictSelf(rules, flags); err != nil {
		return fmt.Errorf("apply Landlock rules: %w", err)
	}
	return nil
}

func (o *order) fileRules(fd, abi int) []landlock.Rule {
	program := fmt.Sprintf("/proc/self/fd/%d", fd)
	rules := []landlock.Rule{
		landlock.PathAccess(readFile|execute, program),
		landlock.PathAccess(readFile|write, "/dev/null"),
		landlock.PathAccess(readFile|readDir, "/proc/self"),
	}
	if o.Loader != "" {
		rules = append(rules, landlock.PathAccess(readFile|execute, o.Loader), landlock.PathAccess(readFile, o.Libs...))
	}
	if o.Tier == Full {
		tree := landlock.AccessFSSet(makeTree)
		if abi < 2 {
			tree &^= landlocksys.AccessFSRefer // no rule can give it
		}
		rules = append(rules,
			landlock.PathAccess(readFile, "/"),
			landlock.PathAccess(readFile|readDir|write|truncate|tree, "/tmp"))
	}
	return rules
}
