package bpfmc.model.program;

import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.*;
/** Stands in until the decoder of model.isa is merged. */
final class InterimDecoder {
    private InterimDecoder() {}
    public static ImmutableList<Instruction> decodeAll(byte[] b) {
        MutableList<Instruction> l = Lists.mutable.empty();
        for (int i = 0; i < b.length; i += 8) {
            int imm = (b[i+4]&0xff)|(b[i+5]&0xff)<<8|(b[i+6]&0xff)<<16|b[i+7]<<24;
            if ((b[i] & 0xff) == 0x18) { l.add(new Instruction.LoadImmediate64(Register.R0, Instruction.LoadImmediate64.Pseudo.values()[Math.min(6,b[i+1]>>4&15)], imm, 0)); l.add(null); i += 8; }
            else if ((b[i] & 0xff) == 0x85 && (b[i+1]>>4) == 0) l.add(new Instruction.CallHelper(imm));
            else if ((b[i] & 0xff) == 0x85 && (b[i+1]>>4) == 1) l.add(new Instruction.CallSubprogram(imm));
            else l.add(new Instruction.Exit());
        }
        return l.toImmutable();
    }
}
