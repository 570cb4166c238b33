package bpfmc.model.step;

import bpfmc.model.kernel.Masking;

/**
 * What a run has switched off on its CPU, relative to how it found the CPU.
 *
 * @param irqsOffAt slot of the instruction that switched interrupts off, {@link #NOWHERE} while they are on, {@link #FOUND}
 *     when they were off before the run began
 * @param unlockRestores what the CPU's one flags word says that the next unlock restores: likewise a slot, or as found
 *     (irqsave_flags, kernel/bpf/helpers.c, Linux 7.3)
 * @param preemptionOff how many times preemption was disabled more than enabled; negative for the other way round
 * @param preemptionAt slot of the instruction that did so last, {@link #NOWHERE} while preemption is as found
 */
public record CpuFlags(int irqsOffAt, int unlockRestores, int preemptionOff, int preemptionAt) {
    public static final int NOWHERE = -1;
    static final int FOUND = -2;

    /** Of a run that finds interrupts on; and of every run that leaves its CPU as it found it. */
    public static final CpuFlags AS_FOUND = new CpuFlags(NOWHERE, NOWHERE, 0, NOWHERE);

    /** {@return the flags of a run that begins} @param masking what is off by then */
    public static CpuFlags at(Masking masking) {
        return masking == Masking.INTERRUPTS ? new CpuFlags(FOUND, NOWHERE, 0, NOWHERE) : AS_FOUND;
    }

    /** {@return the flags as the end of a run tells them} */
    public CpuFlags atEnd() {
        return irqsOffAt == FOUND ? new CpuFlags(NOWHERE, NOWHERE, preemptionOff, preemptionAt) : this;
    }

    /** {@return whether interrupts are off} */
    public boolean irqsOff() {
        return irqsOffAt != NOWHERE;
    }

    /** {@return whether preemption is off, by its count or together with interrupts} */
    public boolean noPreemption() {
        return preemptionOff > 0 || irqsOff();
    }

    /** {@return the flags after local_irq_save, whose result is kept elsewhere} */
    public CpuFlags irqsSaved(int at) {
        return irqsOff() ? this : new CpuFlags(at, unlockRestores, preemptionOff, preemptionAt);
    }

    /** {@return the flags after local_irq_restore of what was found in {@code saved}} */
    public CpuFlags irqsRestored(int saved) {
        return new CpuFlags(saved, unlockRestores, preemptionOff, preemptionAt);
    }

    /** {@return the flags after bpf_spin_lock: interrupts off, and the word that the unlock will restore overwritten} */
    public CpuFlags locked(int at) {
        return new CpuFlags(irqsOff() ? irqsOffAt : at, irqsOffAt, preemptionOff, preemptionAt);
    }

    /** {@return the flags after bpf_spin_unlock} @param last whether no lock is owned any more, so that the word is dead */
    public CpuFlags unlocked(boolean last) {
        return new CpuFlags(unlockRestores, last ? NOWHERE : unlockRestores, preemptionOff, preemptionAt);
    }

    /** {@return the flags after somebody else, on top of this run and with interrupts off, has overwritten the word} */
    public CpuFlags wordOverwritten() {
        return new CpuFlags(irqsOffAt, irqsOffAt, preemptionOff, preemptionAt);
    }

    /** @param by 1 for disable, -1 for enable */
    public CpuFlags preemption(int by, int at) {
        int count = preemptionOff + by;
        return new CpuFlags(irqsOffAt, unlockRestores, count, count == 0 ? NOWHERE : at);
    }
}
