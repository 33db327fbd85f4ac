using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.LinearAlgebra;

/// <summary>Sweeps over many variables within bounds, eight at a time; sets of variables are bits, eight to a byte.</summary>
/// <remarks>Compiled in full when they first run, as those of <see cref="WideKernel"/> are.</remarks>
internal static class BoxKernel
{
    const int Width = 8;

    static Vector512<long> Places => Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128);

    /// <summary>
    /// The largest |P(x - g) - x|: each |g|, or the room that is left for it. Of components, where a difference of points would lose a
    /// small g beside a large x.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double ProjectedInfinityNorm(ReadOnlySpan<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> lower,
        ReadOnlySpan<double> upper)
    {
        var (most, k) = (Vector512<double>.Zero, 0);
        for (; k <= x.Length - Width; k += Width)
        {
            var slope = Load(g, k);
            var room = Room(slope, Load(x, k), Load(lower, k), Load(upper, k));
            most = Vector512.Max(most, Vector512.Min(Vector512.Abs(slope), Vector512.Max(room, Vector512<double>.Zero)));
        }

        var largest = 0.0;
        for (var i = 0; i < Width; i++) largest = double.Max(largest, most[i]);
        for (; k < x.Length; k++)
            largest = double.Max(largest, double.Min(double.Abs(g[k]), double.Max(Room(g[k], x[k], lower[k], upper[k]), 0)));
        return largest;
    }

    /// <summary>to = x + s d, kept between lower and upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void StepWithin(ReadOnlySpan<double> x, double s, ReadOnlySpan<double> d, ReadOnlySpan<double> lower,
        ReadOnlySpan<double> upper, Span<double> to)
    {
        var (vs, k) = (Vector512.Create(s), 0);
        for (; k <= to.Length - Width; k += Width) Store(Within(Load(x, k) + vs * Load(d, k), Load(lower, k), Load(upper, k)), to, k);
        for (; k < to.Length; k++) to[k] = Within(x[k] + s * d[k], lower[k], upper[k]);
    }

    /// <summary>The variables that have room to move along -g.</summary>
    /// <param name="x">x.</param>
    /// <param name="g">The gradient.</param>
    /// <param name="lower">The lower bounds.</param>
    /// <param name="upper">The upper bounds.</param>
    /// <param name="moving">The set of them; all its bytes are written.</param>
    /// <returns>The sum of their squared g, and the smallest step at which one of them meets its bound.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double Squares, double Nearest) FindMoving(
        ReadOnlySpan<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, Span<byte> moving)
    {
        var (sums, least, k) = (Vector512<double>.Zero, Vector512.Create(double.PositiveInfinity), 0);
        for (; k <= x.Length - Width; k += Width)
        {
            var slope = Load(g, k);
            var room = Room(slope, Load(x, k), Load(lower, k), Load(upper, k));
            var moves = Vector512.GreaterThan(room, Vector512<double>.Zero) & ~Vector512.Equals(slope, Vector512<double>.Zero);
            moving[k / Width] = (byte)Vector512.ExtractMostSignificantBits(moves);
            sums += slope * slope & moves;
            least = Vector512.Min(least,
                Vector512.ConditionalSelect(moves, room / Vector512.Abs(slope), Vector512.Create(double.PositiveInfinity)));
        }

        var (squares, nearest) = (Vector512.Sum(sums), double.PositiveInfinity);
        for (var i = 0; i < Width; i++) nearest = double.Min(nearest, least[i]);
        if (k < x.Length) moving[k / Width] = 0;
        for (; k < x.Length; k++)
        {
            var room = Room(g[k], x[k], lower[k], upper[k]);
            if (!(room > 0) || g[k] == 0) continue;
            moving[k / Width] |= (byte)(1 << k % Width);
            squares += g[k] * g[k];
            nearest = double.Min(nearest, room / double.Abs(g[k]));
        }

        return (squares, nearest);
    }

    /// <summary>
    /// Of the variables that move along -g those that meet their bounds at a step of at most t; all bytes of the set are written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void FindStopping(
        ReadOnlySpan<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double t,
            ReadOnlySpan<byte> moving, Span<byte> stopping)
    {
        var (vt, k) = (Vector512.Create(t), 0);
        for (; k <= x.Length - Width; k += Width)
        {
            var slope = Load(g, k);
            var stops = Vector512.LessThanOrEqual(Room(slope, Load(x, k), Load(lower, k), Load(upper, k)) / Vector512.Abs(slope), vt);
            stopping[k / Width] = (byte)(Vector512.ExtractMostSignificantBits(stops) & moving[k / Width]);
        }

        if (k < x.Length) stopping[k / Width] = 0;
        for (; k < x.Length; k++)
        {
            if (IsIn(moving, k) && Room(g[k], x[k], lower[k], upper[k]) / double.Abs(g[k]) <= t)
                stopping[k / Width] |= (byte)(1 << k % Width);
        }
    }

    /// <summary>to = x - t g for the variables of a set, kept within the bounds, and x for the others.</summary>
    /// <param name="x">x.</param>
    /// <param name="t">t.</param>
    /// <param name="g">g.</param>
    /// <param name="lower">The lower bounds.</param>
    /// <param name="upper">The upper bounds.</param>
    /// <param name="moving">The set.</param>
    /// <param name="to">Where they arrive.</param>
    /// <param name="free">The set of all variables that are between their bounds then; all its bytes are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Move(
        ReadOnlySpan<double> x, double t, ReadOnlySpan<double> g, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper,
            ReadOnlySpan<byte> moving, Span<double> to, Span<byte> free)
    {
        var (vt, k) = (Vector512.Create(t), 0);
        for (; k <= x.Length - Width; k += Width)
        {
            var (start, low, high) = (Load(x, k), Load(lower, k), Load(upper, k));
            var end = Vector512.ConditionalSelect(Mask(moving[k / Width]), Within(start - vt * Load(g, k), low, high), start);
            Store(end, to, k);
            free[k / Width] = (byte)Vector512.ExtractMostSignificantBits(Vector512.LessThan(low, end) & Vector512.LessThan(end, high));
        }

        if (k < x.Length) free[k / Width] = 0;
        for (; k < x.Length; k++)
        {
            to[k] = IsIn(moving, k) ? Within(x[k] - t * g[k], lower[k], upper[k]) : x[k];
            if (lower[k] < to[k] && to[k] < upper[k]) free[k / Width] |= (byte)(1 << k % Width);
        }
    }

    /// <summary>Moves on from a point z by s d, within the bounds.</summary>
    /// <param name="x">Where the direction begins.</param>
    /// <param name="g">The gradient at x.</param>
    /// <param name="lower">The lower bounds.</param>
    /// <param name="upper">The upper bounds.</param>
    /// <param name="z">The point, within the bounds.</param>
    /// <param name="s">s.</param>
    /// <param name="d">d; afterwards the direction from x to the end.</param>
    /// <param name="to">The end.</param>
    /// <returns>The slope g'(to - x), the largest fraction of d up to 1 that the bounds leave, and the largest a with x + a (to - x) within
    /// them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double Slope, double Fraction, double Longest) Extend(
        ReadOnlySpan<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, ReadOnlySpan<double> z,
            double s, Span<double> d, Span<double> to)
    {
        var infinity = Vector512.Create(double.PositiveInfinity);
        var (vs, slopes, fractions, longests, k) = (Vector512.Create(s), Vector512<double>.Zero, Vector512<double>.One, infinity, 0);
        for (; k <= x.Length - Width; k += Width)
        {
            var (start, low, high, from, step) = (Load(x, k), Load(lower, k), Load(upper, k), Load(z, k), Load(d, k));
            var end = from + vs * step;
            var inside = Within(end, low, high);
            var direction = inside - start;
            slopes += direction * Load(g, k);
            fractions = Vector512.Min(fractions,
                Vector512.ConditionalSelect(Vector512.Equals(end, inside), Vector512<double>.One, (inside - from) / step));
            var room = Vector512.ConditionalSelect(Vector512.LessThan(direction, Vector512<double>.Zero), low, high) - start;
            longests = Vector512.Min(longests,
                Vector512.ConditionalSelect(Vector512.Equals(direction, Vector512<double>.Zero), infinity, room / direction));
            Store(inside, to, k);
            Store(direction, d, k);
        }

        var (slope, fraction, longest) = (Vector512.Sum(slopes), 1.0, double.PositiveInfinity);
        for (var i = 0; i < Width; i++) (fraction, longest) = (double.Min(fraction, fractions[i]), double.Min(longest, longests[i]));
        for (; k < x.Length; k++)
        {
            var end = z[k] + s * d[k];
            to[k] = Within(end, lower[k], upper[k]);
            if (end != to[k]) fraction = double.Min(fraction, (to[k] - z[k]) / d[k]);
            d[k] = to[k] - x[k];
            slope += d[k] * g[k];
            if (d[k] != 0) longest = double.Min(longest, ((d[k] < 0 ? lower[k] : upper[k]) - x[k]) / d[k]);
        }

        return (slope, fraction, longest);
    }

    /// <summary>
    /// Splits numbers into those of a set and the others, with zeros in between; the others only where somebody wants them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Split(ReadOnlySpan<double> values, ReadOnlySpan<byte> set, Span<double> inside, Span<double> outside)
    {
        var k = 0;
        for (; k <= values.Length - Width; k += Width)
        {
            var (each, mask) = (Load(values, k), Mask(set[k / Width]));
            Store(each & mask, inside, k);
            if (!outside.IsEmpty) Store(Vector512.AndNot(each, mask), outside, k);
        }

        for (; k < values.Length; k++)
        {
            var (each, isIn) = (values[k], IsIn(set, k));
            inside[k] = isIn ? each : 0;
            if (!outside.IsEmpty) outside[k] = isIn ? 0 : each;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Mask(byte bits) => Vector512.Equals(Vector512.Create((long)bits) & Places, Places).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsIn(ReadOnlySpan<byte> set, int variable) => (set[variable / Width] >> variable % Width & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Room(Vector512<double> g, Vector512<double> x, Vector512<double> lower, Vector512<double> upper) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(g, Vector512<double>.Zero), x - lower, upper - x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Room(double g, double x, double lower, double upper) => g > 0 ? x - lower : upper - x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Within(Vector512<double> x, Vector512<double> lower, Vector512<double> upper) =>
        Vector512.Min(Vector512.Max(x, lower), upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Within(double x, double lower, double upper) => double.Min(double.Max(x, lower), upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Load(ReadOnlySpan<double> from, int index) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(from), (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector512<double> value, Span<double> to, int index) =>
        value.StoreUnsafe(ref MemoryMarshal.GetReference(to), (nuint)index);
}
