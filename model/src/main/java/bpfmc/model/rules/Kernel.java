package bpfmc.model.rules;

import bpfmc.model.kernel.KernelVersion;

/** The kernel that judges. @param privileged whether the loader has CAP_BPF (before 5.8 CAP_SYS_ADMIN) */
public record Kernel(KernelVersion version, boolean privileged) {
    /** {@return the newest kernel, with a privileged loader} */
    public static Kernel newest() {
        return new Kernel(KernelVersion.NEWEST, true);
    }

    boolean atLeast(int major, int minor) {
        return version.atLeast(major, minor);
    }
}
