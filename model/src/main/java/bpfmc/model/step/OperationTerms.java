package bpfmc.model.step;

import bpfmc.model.step.VisibleOperation.Acquire;
import bpfmc.model.step.VisibleOperation.BeginTimer;
import bpfmc.model.step.VisibleOperation.CancelTimer;
import bpfmc.model.step.VisibleOperation.CopyIn;
import bpfmc.model.step.VisibleOperation.CopyOut;
import bpfmc.model.step.VisibleOperation.CpuCount;
import bpfmc.model.step.VisibleOperation.CpuNumber;
import bpfmc.model.step.VisibleOperation.Delete;
import bpfmc.model.step.VisibleOperation.ElementOnCpu;
import bpfmc.model.step.VisibleOperation.End;
import bpfmc.model.step.VisibleOperation.EndTimer;
import bpfmc.model.step.VisibleOperation.Fence;
import bpfmc.model.step.VisibleOperation.InitTimer;
import bpfmc.model.step.VisibleOperation.Load;
import bpfmc.model.step.VisibleOperation.LockBucket;
import bpfmc.model.step.VisibleOperation.Lookup;
import bpfmc.model.step.VisibleOperation.LookupOnCpu;
import bpfmc.model.step.VisibleOperation.ReadClock;
import bpfmc.model.step.VisibleOperation.ReadModifyWrite;
import bpfmc.model.step.VisibleOperation.Release;
import bpfmc.model.step.VisibleOperation.SetTimer;
import bpfmc.model.step.VisibleOperation.Start;
import bpfmc.model.step.VisibleOperation.StartTimer;
import bpfmc.model.step.VisibleOperation.Store;
import bpfmc.model.step.VisibleOperation.Toggle;
import bpfmc.model.step.VisibleOperation.UnlockBucket;
import bpfmc.model.step.VisibleOperation.Unsupported;
import bpfmc.model.step.VisibleOperation.Update;
import bpfmc.model.step.VisibleOperation.UseWrapped;
import bpfmc.model.step.VisibleOperation.Walk;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Value;
import java.util.function.UnaryOperator;

/** Rewrites the values and elements inside a visible operation. */
public final class OperationTerms {
    private OperationTerms() {}

    /**
     * {@return the operation with every value replaced} Terms without remembered loads are passed as scalars, elements as
     * pointers of offset 0; the replacement must keep scalars scalars and pointers pointers.
     */
    public static VisibleOperation map(VisibleOperation operation, UnaryOperator<Value> change) {
        return switch (operation) {
            case Load o -> new Load(element(o.element(), change), o.offset(), o.size(), o.atomic());
            case Store o -> new Store(element(o.element(), change), o.offset(), o.size(), scalar(o.value(), change), o.atomic());
            case ReadModifyWrite o -> new ReadModifyWrite(element(o.element(), change), o.offset(), o.size(), o.op(), o.fetch(),
                    scalar(o.operand(), change), scalar(o.expected(), change));
            case CopyOut o -> new CopyOut(element(o.element(), change), o.offset(), o.size());
            case CopyIn o -> new CopyIn(element(o.element(), change), o.offset(), o.size(), o.contents().map(change));
            case Acquire o -> new Acquire(element(o.element(), change), o.offset(), o.call(), o.progress());
            case Release o -> new Release(element(o.element(), change), o.offset(), o.call(), o.progress());
            case Lookup o -> new Lookup(o.map(), key(o.key(), change));
            case LookupOnCpu o -> new LookupOnCpu(o.map(), key(o.key(), change), scalar(Value.of(o.cpu()), change).term());
            case Walk o -> new Walk(o.map(), key(o.key(), change), o.visited().collect(k -> key(k, change)), o.changed(), o.ahead());
            case Update o -> new Update(o.map(), key(o.key(), change), o.value().map(change), o.flags(), o.onAllCpus());
            case Delete o -> new Delete(o.map(), key(o.key(), change));
            case LockBucket o -> new LockBucket(o.map(), key(o.key(), change));
            case UnlockBucket o -> new UnlockBucket(o.map(), key(o.key(), change), o.unlinks());
            case BeginTimer o -> new BeginTimer(o.async(), o.map(), key(o.key(), change), o.callback());
            case EndTimer o -> new EndTimer(o.async(), o.map(), key(o.key(), change));
            case InitTimer o -> new InitTimer(o.async(), element(o.element(), change));
            case SetTimer o -> new SetTimer(o.async(), element(o.element(), change), o.callback());
            case StartTimer o -> new StartTimer(o.async(), element(o.element(), change), o.checked(), o.later());
            case CancelTimer o -> new CancelTimer(element(o.element(), change), o.phase(), o.own());
            case ReadClock o -> new ReadClock(sample(o.sample(), change));
            case UseWrapped o -> new UseWrapped(sample(o.earlier(), change), sample(o.later(), change));
            case ElementOnCpu o -> new ElementOnCpu(element(o.element(), change), o.cpu());
            case Fence o -> o;
            case CpuCount o -> o;
            case CpuNumber o -> o;
            case Toggle o -> o;
            case Start o -> o;
            case End o -> new End(o.held(), o.flags(), o.returned().map(r -> scalar(r, change)));
            case Unsupported o -> o;
        };
    }

    public static Key key(Key key, UnaryOperator<Value> change) {
        return new Key(key.words().collect(w -> scalar(Value.of(w), change).term()));
    }

    private static Region.Element element(Region.Element element, UnaryOperator<Value> change) {
        Value pointer = change.apply(new Value.Pointer(element, Constant.ZERO));
        return (Region.Element) ((Value.Pointer) pointer).region();
    }

    private static Symbol sample(Symbol sample, UnaryOperator<Value> change) {
        return (Symbol) scalar(Value.of(sample), change).term();
    }

    private static Value.Scalar scalar(Value.Scalar value, UnaryOperator<Value> change) {
        return (Value.Scalar) change.apply(value);
    }

    /** {@return the operation with its unknowns that only this run knows made known by name to all; addresses become numbers} */
    public static VisibleOperation withScalarContents(VisibleOperation operation, UnaryOperator<Value> number) {
        return switch (operation) {
            case Update o -> new Update(o.map(), o.key(), o.value().map(number), o.flags(), o.onAllCpus());
            case CopyIn o -> new CopyIn(o.element(), o.offset(), o.size(), o.contents().map(number));
            default -> operation;
        };
    }
}
