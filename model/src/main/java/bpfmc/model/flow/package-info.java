/**
 * Static analyses of a program's code: control flow, which registers and stack words may still be read ({@code Liveness}, {@code FrameOffsets}), what
 * the code may still name ({@link bpfmc.model.flow.FutureUse}), to what purpose it loads ({@link bpfmc.model.flow.LoadUse}), how it may tell CPUs apart. What a call may do they
 * ask package {@code call}.
 */
package bpfmc.model.flow;
