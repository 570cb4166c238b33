package bpfmc.model.isa;

import java.math.BigInteger;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A concrete interpreter written straight from Documentation/bpf/standardization/instruction-set.rst, to compare others
 * with. It shares nothing with them but the instruction records, and prefers being obvious to being fast.
 *
 * <p>Addresses are plain numbers in three areas: stack, context, data. Any other address, or an instruction outside the
 * subset (calls, packets, maps), is a fault of the test's program and throws.
 */
public final class NaiveEvaluator {
    /** Where r10 points: the end of the stack. */
    public static final long STACK_END = 0x7000_0000_0000_1200L;
    /** Where the context begins. */
    public static final long CONTEXT = 0x7000_0000_0010_0000L;
    /** Where the data begins that a MAP_VALUE immediate names. */
    public static final long DATA = 0x7000_0000_0020_0000L;
    public static final int STACK_BYTES = 512;

    private static final int MOST_STEPS = 100_000;

    private final ImmutableList<Instruction> program;
    private final long[] registers = new long[11];
    private final byte[] stack = new byte[STACK_BYTES];
    private final byte[] context;
    private final byte[] data;
    private int pc;

    private NaiveEvaluator(ImmutableList<Instruction> program, long r1, byte[] context, byte[] data) {
        this.program = program;
        this.context = context;
        this.data = data;
        registers[1] = r1;
        registers[10] = STACK_END;
    }

    /**
     * {@return the registers r0 to r10 at exit}
     *
     * @param r1 the input
     * @param context changed by the program
     * @param data changed by the program
     */
    public static long[] run(ImmutableList<Instruction> program, long r1, byte[] context, byte[] data) {
        var evaluator = new NaiveEvaluator(program, r1, context, data);
        evaluator.run();
        return evaluator.registers;
    }

    private void run() {
        for (int step = 0; step < MOST_STEPS; step++) {
            Instruction instruction = program.get(pc);
            if (instruction instanceof Instruction.Exit) {
                return;
            }
            pc += instruction.slots();
            execute(instruction);
        }
        throw new IllegalStateException("does not end");
    }

    private void execute(Instruction instruction) {
        switch (instruction) {
            case Instruction.Alu i -> set(i.dst(), i.width() == Width.W64
                    ? alu64(i.op(), get(i.dst()), get(i.src()))
                    : alu32(i.op(), (int) get(i.dst()), (int) get(i.src())) & 0xffff_ffffL);
            case Instruction.Negate i -> set(i.dst(), zeroExtendIfNarrow(i.width(), -get(i.dst())));
            case Instruction.Move i -> set(i.dst(), zeroExtendIfNarrow(i.width(), get(i.src())));
            case Instruction.MoveSignExtend i ->
                    set(i.dst(), zeroExtendIfNarrow(i.width(), signExtend(get(i.src()), i.bits())));
            case Instruction.ByteSwap i -> set(i.dst(), byteSwap(i));
            case Instruction.LoadImmediate64 i -> set(i.dst(), immediate(i));
            case Instruction.Load i -> {
                long loaded = read(get(i.base()) + i.offset(), i.size());
                set(i.dst(), i.signExtend() ? signExtend(loaded, 8 * i.size().bytes()) : loaded);
            }
            case Instruction.LoadAcquire i -> set(i.dst(), read(get(i.base()) + i.offset(), i.size()));
            case Instruction.Store i -> write(get(i.base()) + i.offset(), i.size(), get(i.src()));
            case Instruction.StoreRelease i -> write(get(i.base()) + i.offset(), i.size(), get(i.src()));
            case Instruction.Atomic i -> atomic(i);
            case Instruction.Jump i -> pc += i.offset();
            case Instruction.Branch i -> {
                if (i.width() == Width.W64 ? test64(i.condition(), get(i.dst()), get(i.src()))
                        : test32(i.condition(), (int) get(i.dst()), (int) get(i.src()))) {
                    pc += i.offset();
                }
            }
            default -> throw new UnsupportedOperationException(instruction.toString());
        }
    }

    private long get(Register register) {
        return registers[register.number()];
    }

    private long get(Operand operand) {
        return switch (operand) {
            case Operand.Reg r -> get(r.register());
            case Operand.Imm i -> i.value();
        };
    }

    private void set(Register register, long value) {
        registers[register.number()] = value;
    }

    private static long immediate(Instruction.LoadImmediate64 i) {
        return switch (i.kind()) {
            case CONSTANT -> i.value();
            case MAP_VALUE -> DATA + i.high();
            case MAP_FD, BTF_ID, FUNCTION, MAP_INDEX, MAP_INDEX_VALUE ->
                    throw new UnsupportedOperationException(i.toString());
        };
    }

    private static long zeroExtendIfNarrow(Width width, long value) {
        return width == Width.W64 ? value : value & 0xffff_ffffL;
    }

    private static long signExtend(long value, int bits) {
        return switch (bits) {
            case 8 -> (byte) value;
            case 16 -> (short) value;
            case 32 -> (int) value;
            default -> throw new IllegalArgumentException(bits + " bits");
        };
    }

    private static long alu64(AluOp op, long a, long b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? 0 : unsigned(a).divide(unsigned(b)).longValue();
            case SDIV -> b == 0 ? 0 : a == Long.MIN_VALUE && b == -1 ? Long.MIN_VALUE : a / b;
            case OR -> a | b;
            case AND -> a & b;
            case LSH -> a << (b & 0x3f);
            case RSH -> a >>> (b & 0x3f);
            case MOD -> b == 0 ? a : unsigned(a).mod(unsigned(b)).longValue();
            case SMOD -> b == 0 ? a : a == Long.MIN_VALUE && b == -1 ? 0 : a % b;
            case XOR -> a ^ b;
            case ARSH -> a >> (b & 0x3f);
        };
    }

    private static int alu32(AluOp op, int a, int b) {
        return switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? 0 : (int) ((a & 0xffff_ffffL) / (b & 0xffff_ffffL));
            case SDIV -> b == 0 ? 0 : a == Integer.MIN_VALUE && b == -1 ? Integer.MIN_VALUE : a / b;
            case OR -> a | b;
            case AND -> a & b;
            case LSH -> a << (b & 0x1f);
            case RSH -> a >>> (b & 0x1f);
            case MOD -> b == 0 ? a : (int) ((a & 0xffff_ffffL) % (b & 0xffff_ffffL));
            case SMOD -> b == 0 ? a : a == Integer.MIN_VALUE && b == -1 ? 0 : a % b;
            case XOR -> a ^ b;
            case ARSH -> a >> (b & 0x1f);
        };
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private static boolean test64(Condition condition, long a, long b) {
        return switch (condition) {
            case EQ -> a == b;
            case NE -> a != b;
            case SET -> (a & b) != 0;
            case GT -> unsigned(a).compareTo(unsigned(b)) > 0;
            case GE -> unsigned(a).compareTo(unsigned(b)) >= 0;
            case LT -> unsigned(a).compareTo(unsigned(b)) < 0;
            case LE -> unsigned(a).compareTo(unsigned(b)) <= 0;
            case SGT -> a > b;
            case SGE -> a >= b;
            case SLT -> a < b;
            case SLE -> a <= b;
        };
    }

    private static boolean test32(Condition condition, int a, int b) {
        return switch (condition) {
            case EQ, NE, SET, GT, GE, LT, LE -> test64(condition, a & 0xffff_ffffL, b & 0xffff_ffffL);
            case SGT, SGE, SLT, SLE -> test64(condition, a, b);
        };
    }

    /** The machine is little-endian. */
    private long byteSwap(Instruction.ByteSwap i) {
        long value = get(i.dst());
        int bytes = i.bits() / 8;
        long result = 0;
        for (int n = 0; n < bytes; n++) {
            int to = i.order() == Instruction.ByteSwap.Order.TO_LITTLE ? n : bytes - 1 - n;
            result |= (value >>> (8 * n) & 0xff) << (8 * to);
        }
        return result;
    }

    private void atomic(Instruction.Atomic i) {
        long address = get(i.base()) + i.offset();
        boolean word = i.size() == Size.WORD;
        long old = read(address, i.size());
        long operand = word ? get(i.src()) & 0xffff_ffffL : get(i.src());
        long expected = word ? registers[0] & 0xffff_ffffL : registers[0];
        write(address, i.size(), switch (i.op()) {
            case ADD -> old + operand;
            case OR -> old | operand;
            case AND -> old & operand;
            case XOR -> old ^ operand;
            case XCHG -> operand;
            case CMPXCHG -> old == expected ? operand : old;
        });
        if (i.op() == AtomicOp.CMPXCHG) {
            registers[0] = old;
        } else if (i.fetch()) {
            set(i.src(), old);
        }
    }

    private long read(long address, Size size) {
        long value = 0;
        for (int n = size.bytes() - 1; n >= 0; n--) {
            byte[] area = area(address + n);
            value = value << 8 | area[(int) (address + n - base(area))] & 0xff;
        }
        return value;
    }

    private void write(long address, Size size, long value) {
        for (int n = 0; n < size.bytes(); n++) {
            byte[] area = area(address + n);
            area[(int) (address + n - base(area))] = (byte) (value >>> (8 * n));
        }
    }

    private byte[] area(long address) {
        for (byte[] area : new byte[][] {stack, context, data}) {
            if (address >= base(area) && address < base(area) + area.length) {
                return area;
            }
        }
        throw new IllegalStateException("slot " + pc + ": address 0x" + Long.toHexString(address));
    }

    private long base(byte[] area) {
        return area == stack ? STACK_END - STACK_BYTES : area == context ? CONTEXT : DATA;
    }
}
