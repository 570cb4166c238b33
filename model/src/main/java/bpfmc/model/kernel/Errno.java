package bpfmc.model.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * The error numbers that helpers and the bpf system call return, negated (include/uapi/asm-generic/errno-base.h and
 * errno.h, include/linux/errno.h; the same on all machines that bpfmc reads objects for).
 */
public enum Errno {
    EPERM(1), ENOENT(2), ESRCH(3), EINTR(4), EIO(5), ENXIO(6), E2BIG(7), EBADF(9), ECHILD(10), EAGAIN(11), ENOMEM(12),
    EACCES(13), EFAULT(14), EBUSY(16), EEXIST(17), EXDEV(18), ENODEV(19), ENOTDIR(20), EISDIR(21), EINVAL(22),
    ENFILE(23), EMFILE(24), EFBIG(27), ENOSPC(28), EROFS(30), EPIPE(32), EDOM(33), ERANGE(34), EDEADLK(35),
    ENAMETOOLONG(36), ENOSYS(38), ELOOP(40), ENOMSG(42), ENODATA(61), EPROTO(71), EBADMSG(74), EOVERFLOW(75),
    EILSEQ(84), ENOTSOCK(88), EMSGSIZE(90), EPROTONOSUPPORT(93), EOPNOTSUPP(95), EAFNOSUPPORT(97), EADDRINUSE(98),
    EADDRNOTAVAIL(99), ENETUNREACH(101), ENOBUFS(105), EISCONN(106), ENOTCONN(107), ETIMEDOUT(110), ECONNREFUSED(111),
    EHOSTUNREACH(113), EALREADY(114), EINPROGRESS(115), ESTALE(116), ECANCELED(125),
    /** Inside the kernel only, and yet returned by some map operations. */
    ENOTSUPP(524);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** {@return the number, positive} */
    public int number() {
        return number;
    }

    /** {@return what a function returns to say this: the number, negated} */
    public long result() {
        return -number;
    }

    /** {@return the error that a 64-bit result means ("-2" is ENOENT), empty when it is not one of these} */
    public static Optional<Errno> ofResult(long result) {
        return Arrays.stream(values()).filter(errno -> errno.result() == result).findFirst();
    }
}
