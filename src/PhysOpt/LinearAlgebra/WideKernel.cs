using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.LinearAlgebra;

/// <summary>
/// The whole groups of eight of <see cref="SpanKernel"/>. What takes numbers returns how many it has taken: a multiple of eight; the rest
/// is the caller's.
/// </summary>
/// <remarks>
/// Native images leave methods with wide vectors out. Unoptimised code for them is some fifty times slower and would stay for a tenth of a
/// second or more, so they are compiled in full when they first run.
/// </remarks>
internal static class WideKernel
{
    /// <summary>How many numbers a vector holds.</summary>
    internal const int Width = 8;

    const MethodImplOptions AtOnce = MethodImplOptions.AggressiveOptimization;

    /// <summary>a'b of the numbers taken, in sixteen partial sums; at least sixteen.</summary>
    [MethodImpl(AtOnce)]
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, out int taken)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var (even, odd, k) = (Vector512<double>.Zero, Vector512<double>.Zero, 0);
        for (; k <= a.Length - 2 * Width; k += 2 * Width)
        {
            even += Load(ref left, k) * Load(ref right, k);
            odd += Load(ref left, k + Width) * Load(ref right, k + Width);
        }

        taken = k;
        return Vector512.Sum(even + odd);
    }

    /// <summary>c = max(|b|, c), and the sum of |a| c, of the numbers taken.</summary>
    [MethodImpl(AtOnce)]
    internal static double SumOfSizes(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, out int taken)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        ref var pc = ref MemoryMarshal.GetReference(c);
        var (sum, k) = (Vector512<double>.Zero, 0);
        for (; k <= a.Length - Width; k += Width)
        {
            var size = Vector512.Max(Vector512.Abs(Load(ref pb, k)), Load(ref pc, k));
            size.StoreUnsafe(ref pc, (nuint)k);
            sum += Vector512.Abs(Load(ref pa, k)) * size;
        }

        taken = k;
        return Vector512.Sum(sum);
    }

    /// <summary>Adds the products of two columns with two others.</summary>
    [MethodImpl(AtOnce)]
    internal static int AddDots(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, ref double ac, ref double ad,
            ref double bc, ref double bd)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        ref var pc = ref MemoryMarshal.GetReference(c);
        ref var pd = ref MemoryMarshal.GetReference(d);
        var (vac, vad, vbc, vbd) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var k = 0;
        for (; k <= a.Length - Width; k += Width)
        {
            var (ea, eb, ec, ed) = (Load(ref pa, k), Load(ref pb, k), Load(ref pc, k), Load(ref pd, k));
            vac += ea * ec;
            vad += ea * ed;
            vbc += eb * ec;
            vbd += eb * ed;
        }

        ac += Vector512.Sum(vac);
        ad += Vector512.Sum(vad);
        bc += Vector512.Sum(vbc);
        bd += Vector512.Sum(vbd);
        return k;
    }

    /// <summary>Adds the products of two columns with three others.</summary>
    [MethodImpl(AtOnce)]
    internal static int AddDots(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, ReadOnlySpan<double> e,
        ref double ac, ref double ad, ref double bc, ref double bd, ref double ae, ref double be)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        ref var pc = ref MemoryMarshal.GetReference(c);
        ref var pd = ref MemoryMarshal.GetReference(d);
        ref var pe = ref MemoryMarshal.GetReference(e);
        var zero = Vector512<double>.Zero;
        var (vac, vad, vbc, vbd, vae, vbe) = (zero, zero, zero, zero, zero, zero);
        var k = 0;
        for (; k <= a.Length - Width; k += Width)
        {
            var (ea, eb, ec, ed, ee) = (Load(ref pa, k), Load(ref pb, k), Load(ref pc, k), Load(ref pd, k), Load(ref pe, k));
            vac += ea * ec;
            vad += ea * ed;
            vbc += eb * ec;
            vbd += eb * ed;
            vae += ea * ee;
            vbe += eb * ee;
        }

        ae += Vector512.Sum(vae);
        be += Vector512.Sum(vbe);
        ac += Vector512.Sum(vac);
        ad += Vector512.Sum(vad);
        bc += Vector512.Sum(vbc);
        bd += Vector512.Sum(vbd);
        return k;
    }

    /// <summary>a and b become c a + s b and c b - s a.</summary>
    [MethodImpl(AtOnce)]
    internal static int Rotate(double c, double s, Span<double> a, Span<double> b)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        var k = 0;
        for (; k <= a.Length - Width; k += Width)
        {
            var (one, other) = (Load(ref pa, k), Load(ref pb, k));
            (c * one + s * other).StoreUnsafe(ref pa, (nuint)k);
            (c * other - s * one).StoreUnsafe(ref pb, (nuint)k);
        }

        return k;
    }

    /// <summary>to = s a + t b.</summary>
    [MethodImpl(AtOnce)]
    internal static int Combine(double s, ReadOnlySpan<double> a, double t, ReadOnlySpan<double> b, Span<double> to)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (vs, vt, k) = (Vector512.Create(s), Vector512.Create(t), 0);
        for (; k <= to.Length - Width; k += Width) (vs * Load(ref left, k) + vt * Load(ref right, k)).StoreUnsafe(ref target, (nuint)k);
        return k;
    }

    /// <summary>to = s a.</summary>
    [MethodImpl(AtOnce)]
    internal static int Scale(double s, ReadOnlySpan<double> a, Span<double> to)
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (vs, k) = (Vector512.Create(s), 0);
        for (; k <= to.Length - Width; k += Width) (vs * Load(ref from, k)).StoreUnsafe(ref target, (nuint)k);
        return k;
    }

    /// <summary>to += s a + t b.</summary>
    [MethodImpl(AtOnce)]
    internal static int Add(double s, ReadOnlySpan<double> a, double t, ReadOnlySpan<double> b, Span<double> to)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (vs, vt, k) = (Vector512.Create(s), Vector512.Create(t), 0);
        for (; k <= to.Length - Width; k += Width)
            (Load(ref target, k) + (vs * Load(ref left, k) + vt * Load(ref right, k))).StoreUnsafe(ref target, (nuint)k);
        return k;
    }

    /// <summary>True when no number taken is NaN or infinite: what is finite times zero is zero.</summary>
    [MethodImpl(AtOnce)]
    internal static bool IsFinite(ReadOnlySpan<double> a, out int taken)
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        var (zero, k) = (Vector512<double>.Zero, 0);
        for (; k <= a.Length - Width; k += Width) zero += Load(ref from, k) * Vector512<double>.Zero;
        taken = k;
        return Vector512.Sum(zero) == 0;
    }

    /// <summary>The largest absolute value of the numbers taken; NaN when there is one.</summary>
    [MethodImpl(AtOnce)]
    internal static double InfinityNorm(ReadOnlySpan<double> a, out int taken)
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        var (most, k) = (Vector512<double>.Zero, 0);
        for (; k <= a.Length - Width; k += Width) most = Vector512.Max(most, Vector512.Abs(Load(ref from, k)));
        taken = k;
        var largest = 0.0;
        for (var i = 0; i < Width; i++) largest = double.Max(largest, most[i]);
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Load(ref double from, int index) => Vector512.LoadUnsafe(ref from, (nuint)index);
}
