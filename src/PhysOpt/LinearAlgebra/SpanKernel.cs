using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.LinearAlgebra;

/// <summary>Long sums and combinations of numbers, eight at a time. A sum has the same bits on every machine: term k goes to partial sum k mod 8.</summary>
internal static class SpanKernel
{
    /// <summary>How many numbers a sweep over many columns takes at once: few enough that those which all columns are combined with stay in the nearest cache.</summary>
    internal const int Block = 1024;

    const int Width = 8;

    /// <summary>a'b.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        var sum = 0.0;
        var k = 0;
        if (a.Length >= 2 * Width)
        {
            var (even, odd) = (Vector512<double>.Zero, Vector512<double>.Zero);
            for (; k <= a.Length - 2 * Width; k += 2 * Width)
            {
                even += Load(ref left, k) * Load(ref right, k);
                odd += Load(ref left, k + Width) * Load(ref right, k + Width);
            }

            sum = Vector512.Sum(even + odd);
        }

        for (; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }

    /// <summary>Adds the products of two columns with two others: a'c, a'd, b'c, b'd.</summary>
    internal static void AddDots(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, ref double ac, ref double ad, ref double bc, ref double bd)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        ref var pc = ref MemoryMarshal.GetReference(c);
        ref var pd = ref MemoryMarshal.GetReference(d);
        var k = 0;
        if (a.Length >= Width)
        {
            var (vac, vad, vbc, vbd) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
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
        }

        for (; k < a.Length; k++)
        {
            ac += a[k] * c[k];
            ad += a[k] * d[k];
            bc += b[k] * c[k];
            bd += b[k] * d[k];
        }
    }

    /// <summary>Adds the products of two columns with three others: a'c, a'd, b'c, b'd as above, and a'e, b'e.</summary>
    internal static void AddDots(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ReadOnlySpan<double> d, ReadOnlySpan<double> e,
        ref double ac, ref double ad, ref double bc, ref double bd, ref double ae, ref double be)
    {
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        ref var pc = ref MemoryMarshal.GetReference(c);
        ref var pd = ref MemoryMarshal.GetReference(d);
        ref var pe = ref MemoryMarshal.GetReference(e);
        var k = 0;
        if (a.Length >= Width)
        {
            var zero = Vector512<double>.Zero;
            var (vac, vad, vbc, vbd, vae, vbe) = (zero, zero, zero, zero, zero, zero);
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
        }

        for (; k < a.Length; k++)
        {
            ac += a[k] * c[k];
            ad += a[k] * d[k];
            bc += b[k] * c[k];
            bd += b[k] * d[k];
            ae += a[k] * e[k];
            be += b[k] * e[k];
        }
    }

    /// <summary>to = s a + t b; to may be a or b.</summary>
    internal static void Combine(double s, ReadOnlySpan<double> a, double t, ReadOnlySpan<double> b, Span<double> to)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (vs, vt) = (Vector512.Create(s), Vector512.Create(t));
        var k = 0;
        for (; k <= to.Length - Width; k += Width) (vs * Load(ref left, k) + vt * Load(ref right, k)).StoreUnsafe(ref target, (nuint)k);
        for (; k < to.Length; k++) to[k] = s * a[k] + t * b[k];
    }

    /// <summary>to = s a.</summary>
    internal static void Scale(double s, ReadOnlySpan<double> a, Span<double> to)
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        ref var target = ref MemoryMarshal.GetReference(to);
        var vs = Vector512.Create(s);
        var k = 0;
        for (; k <= to.Length - Width; k += Width) (vs * Load(ref from, k)).StoreUnsafe(ref target, (nuint)k);
        for (; k < to.Length; k++) to[k] = s * a[k];
    }

    /// <summary>to += s a + t b.</summary>
    internal static void Add(double s, ReadOnlySpan<double> a, double t, ReadOnlySpan<double> b, Span<double> to)
    {
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (vs, vt) = (Vector512.Create(s), Vector512.Create(t));
        var k = 0;
        for (; k <= to.Length - Width; k += Width) (Load(ref target, k) + (vs * Load(ref left, k) + vt * Load(ref right, k))).StoreUnsafe(ref target, (nuint)k);
        for (; k < to.Length; k++) to[k] += s * a[k] + t * b[k];
    }

    /// <summary>True when no number is NaN or infinite: what is finite times zero is zero.</summary>
    internal static bool IsFinite(ReadOnlySpan<double> a)
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        var zero = Vector512<double>.Zero;
        var k = 0;
        for (; k <= a.Length - Width; k += Width) zero += Load(ref from, k) * Vector512<double>.Zero;
        if (Vector512.Sum(zero) != 0) return false;
        for (; k < a.Length; k++)
        {
            if (!double.IsFinite(a[k])) return false;
        }

        return true;
    }

    /// <summary>The largest absolute value; NaN when there is one.</summary>
    internal static double InfinityNorm(ReadOnlySpan<double> a)
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        var (largest, k) = (0.0, 0);
        if (a.Length >= Width)
        {
            var most = Vector512<double>.Zero;
            for (; k <= a.Length - Width; k += Width) most = Vector512.Max(most, Vector512.Abs(Load(ref from, k)));
            largest = Largest(most);
        }

        for (; k < a.Length; k++) largest = double.Max(largest, double.Abs(a[k]));
        return largest;
    }

    static double Largest(Vector512<double> values)
    {
        var largest = 0.0;
        for (var i = 0; i < Width; i++) largest = double.Max(largest, values[i]);
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Load(ref double from, int index) => Vector512.LoadUnsafe(ref from, (nuint)index);
}
