package bpfmc.model.kernel;

/**
 * What a section name says (libbpf's conventions, tools/lib/bpf/libbpf.c, section_defs).
 *
 * @param name as written, without a leading {@code ?}
 * @param type the program type; UNSPEC when libbpf would not know the section
 * @param attach the attach type in the kernel's short form ("cgroup_inet_egress"), "" when the type has none
 * @param target what follows the prefix ("sys_enter" in "tp/syscalls/sys_enter" is "syscalls/sys_enter"), or ""
 * @param sleepable whether the section asks for a sleepable program
 * @param autoload false with a leading {@code ?}
 */
public record Section(String name, ProgramType type, String attach, String target, boolean sleepable, boolean autoload) {
    /** {@return the name without its target: "tp" of "tp/syscalls/sys_enter"} */
    public String prefix() {
        return target.isEmpty() ? name : name.substring(0, name.length() - target.length() - 1);
    }
}
