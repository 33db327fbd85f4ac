using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

/// <summary>Forms on many numbers: eight at a time where they can, otherwise one after the other.</summary>
internal static unsafe class VectorLoop
{
    internal const int Width = 8;

    /// <summary>target[k] = the form of a[k] for k below count.</summary>
    /// <param name="target">Receives count numbers.</param>
    /// <param name="a">The operand.</param>
    /// <param name="stepA">8, or 0 where a is eight times one number.</param>
    /// <param name="count">How many.</param>
    internal static void Run<TForm>(double* target, double* a, nint stepA, int count)
        where TForm : struct, IVectorUnaryForm
    {
        var whole = count & -Width;
        Whole<TForm>(target, a, stepA, whole);
        if (whole == count) return;
        var last = stackalloc double[2 * Width];
        Vector512.Store(LoadPart(a + whole / Width * stepA, stepA, count - whole), last);
        Whole<TForm>(last + Width, last, Width, Width);
        for (var k = whole; k < count; k++) target[k] = last[Width + k - whole];
    }

    /// <summary>target[k] = the form of a[k] and b[k] for k below count.</summary>
    /// <inheritdoc cref="Run{TForm}(double*, double*, nint, int)"/>
    internal static void Run<TForm>(double* target, double* a, nint stepA, double* b, nint stepB, int count)
        where TForm : struct, IVectorBinaryForm
    {
        var whole = count & -Width;
        Whole<TForm>(target, a, stepA, b, stepB, whole);
        if (whole == count) return;
        var last = stackalloc double[3 * Width];
        Vector512.Store(LoadPart(a + whole / Width * stepA, stepA, count - whole), last);
        Vector512.Store(LoadPart(b + whole / Width * stepB, stepB, count - whole), last + Width);
        Whole<TForm>(last + 2 * Width, last, Width, last + Width, Width, Width);
        for (var k = whole; k < count; k++) target[k] = last[2 * Width + k - whole];
    }

    /// <inheritdoc cref="Run{TForm}(double*, double*, nint, int)"/>
    internal static void NumberByNumber<TForm>(double* target, double* a, nint stepA, int count)
        where TForm : struct, IUnaryForm
    {
        var nextA = stepA / Width;
        for (var k = 0; k < count; k++, a += nextA) target[k] = TForm.Of(*a);
    }

    /// <inheritdoc cref="Run{TForm}(double*, double*, nint, double*, nint, int)"/>
    internal static void NumberByNumber<TForm>(double* target, double* a, nint stepA, double* b, nint stepB, int count)
        where TForm : struct, IBinaryForm
    {
        var (nextA, nextB) = (stepA / Width, stepB / Width);
        for (var k = 0; k < count; k++, a += nextA, b += nextB) target[k] = TForm.Of(*a, *b);
    }

    /// <summary>Adds number k to partial sum k mod 8.</summary>
    internal static void Accumulate(double* sums, double* a, nint stepA, int count)
    {
        var total = Vector512.Load(sums);
        var k = 0;
        for (; k <= count - Width; k += Width, a += stepA) total += Vector512.Load(a);
        if (k < count) total += LoadPart(a, stepA, count - k);
        Vector512.Store(total, sums);
    }

    /// <summary>The form stands here once, so that the whole of it is inlined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Whole<TForm>(double* target, double* a, nint stepA, int count)
        where TForm : struct, IVectorUnaryForm
    {
        for (var k = 0; k < count; k += Width, a += stepA) Vector512.Store(TForm.Of(Vector512.Load(a)), target + k);
    }

    /// <inheritdoc cref="Whole{TForm}(double*, double*, nint, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Whole<TForm>(double* target, double* a, nint stepA, double* b, nint stepB, int count)
        where TForm : struct, IVectorBinaryForm
    {
        for (var k = 0; k < count; k += Width, a += stepA, b += stepB)
            Vector512.Store(TForm.Of(Vector512.Load(a), Vector512.Load(b)), target + k);
    }

    /// <summary>Fewer than eight numbers, and -0.0 after them, which changes no sum.</summary>
    static Vector512<double> LoadPart(double* a, nint step, int count)
    {
        var part = stackalloc double[Width];
        for (var k = 0; k < Width; k++) part[k] = k < count ? a[step == 0 ? 0 : k] : -0.0;
        return Vector512.Load(part);
    }
}
