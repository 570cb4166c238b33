/**
 * Programs that bpfmc writes itself: system calls on maps, and what the kernel does around callbacks of timers and work items. They say so
 * ({@link bpfmc.model.program.ProgramOrigin}), and call the kernel's own steps ({@link bpfmc.model.program.KernelStep}).
 */
package bpfmc.model.program.synthetic;
