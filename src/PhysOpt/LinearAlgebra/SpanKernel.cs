using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.LinearAlgebra;

/// <summary>Long sums and combinations of numbers, eight at a time. A sum has the same bits on every machine: term k goes to partial sum k mod 8.</summary>
internal static class SpanKernel
{
    /// <summary>How many numbers a sweep over many columns takes at once: few enough that those which all columns are combined with stay in the nearest cache.</summary>
    internal const int Block = 512;

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

    /// <summary>Adds the products of one column with three others: column'a, column'b, column'c.</summary>
    internal static void AddDots(ReadOnlySpan<double> column, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, ref double withA, ref double withB, ref double withC)
    {
        ref var first = ref MemoryMarshal.GetReference(column);
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        ref var pc = ref MemoryMarshal.GetReference(c);
        var (sumA, sumB, sumC) = (0.0, 0.0, 0.0);
        var k = 0;
        if (column.Length >= Width)
        {
            var (va, vb, vc) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            for (; k <= column.Length - Width; k += Width)
            {
                var each = Load(ref first, k);
                va += each * Load(ref pa, k);
                vb += each * Load(ref pb, k);
                vc += each * Load(ref pc, k);
            }

            (sumA, sumB, sumC) = (Vector512.Sum(va), Vector512.Sum(vb), Vector512.Sum(vc));
        }

        for (; k < column.Length; k++)
        {
            sumA += column[k] * a[k];
            sumB += column[k] * b[k];
            sumC += column[k] * c[k];
        }

        withA += sumA;
        withB += sumB;
        withC += sumC;
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

    /// <summary>The largest |P(x - g) - x|: each |g|, or the room that is left for it. Of components, where a difference of points would lose a small g beside a large x.</summary>
    internal static double ProjectedInfinityNorm(ReadOnlySpan<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        ref var start = ref MemoryMarshal.GetReference(x);
        ref var slope = ref MemoryMarshal.GetReference(g);
        ref var low = ref MemoryMarshal.GetReference(lower);
        ref var high = ref MemoryMarshal.GetReference(upper);
        var (largest, k) = (0.0, 0);
        if (x.Length >= Width)
        {
            var most = Vector512<double>.Zero;
            for (; k <= x.Length - Width; k += Width)
            {
                var (at, each) = (Load(ref start, k), Load(ref slope, k));
                var room = Vector512.ConditionalSelect(Vector512.GreaterThan(each, Vector512<double>.Zero), at - Load(ref low, k), Load(ref high, k) - at);
                most = Vector512.Max(most, Vector512.Min(Vector512.Abs(each), Vector512.Max(room, Vector512<double>.Zero)));
            }

            largest = Largest(most);
        }

        for (; k < x.Length; k++)
            largest = double.Max(largest, double.Min(double.Abs(g[k]), double.Max(g[k] > 0 ? x[k] - lower[k] : upper[k] - x[k], 0)));
        return largest;
    }

    static double Largest(Vector512<double> values)
    {
        var largest = 0.0;
        for (var i = 0; i < Width; i++) largest = double.Max(largest, values[i]);
        return largest;
    }

    /// <summary>to = x + s d, kept between lower and upper.</summary>
    internal static void StepWithin(ReadOnlySpan<double> x, double s, ReadOnlySpan<double> d, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, Span<double> to)
    {
        ref var start = ref MemoryMarshal.GetReference(x);
        ref var direction = ref MemoryMarshal.GetReference(d);
        ref var low = ref MemoryMarshal.GetReference(lower);
        ref var high = ref MemoryMarshal.GetReference(upper);
        ref var target = ref MemoryMarshal.GetReference(to);
        var vs = Vector512.Create(s);
        var k = 0;
        for (; k <= to.Length - Width; k += Width)
        {
            var end = Load(ref start, k) + vs * Load(ref direction, k);
            Vector512.Min(Vector512.Max(end, Load(ref low, k)), Load(ref high, k)).StoreUnsafe(ref target, (nuint)k);
        }

        for (; k < to.Length; k++) to[k] = double.Min(double.Max(x[k] + s * d[k], lower[k]), upper[k]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Load(ref double from, int index) => Vector512.LoadUnsafe(ref from, (nuint)index);
}
