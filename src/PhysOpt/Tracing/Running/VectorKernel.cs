using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Running;

/// <summary>One operation on many numbers, eight at a time: the bits of <see cref="Kernel"/>, but for those of <see cref="VectorFunctions"/>.</summary>
internal static unsafe class VectorKernel
{
    internal const int Width = 8;

    interface IVectorOperation
    {
        static abstract Vector512<double> Of(Vector512<double> a, Vector512<double> b);
    }

    /// <summary>target[k] = a[k] operation b[k] for k below count.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="target">Receives count numbers.</param>
    /// <param name="a">The first operand.</param>
    /// <param name="stepA">8, or 0 where a is eight times one number.</param>
    /// <param name="b">The second operand; a where there is none.</param>
    /// <param name="stepB">As stepA.</param>
    /// <param name="count">How many.</param>
    internal static void Evaluate(Operation operation, double* target, double* a, nint stepA, double* b, nint stepB, int count)
    {
        switch (operation)
        {
            case Operation.Add: Apply<Sum>(target, a, stepA, b, stepB, count); break;
            case Operation.Subtract: Apply<Difference>(target, a, stepA, b, stepB, count); break;
            case Operation.Multiply: Apply<Product>(target, a, stepA, b, stepB, count); break;
            case Operation.Divide: Apply<Quotient>(target, a, stepA, b, stepB, count); break;
            case Operation.Max: Apply<Larger>(target, a, stepA, b, stepB, count); break;
            case Operation.Min: Apply<Smaller>(target, a, stepA, b, stepB, count); break;
            case Operation.AtLeast: Apply<NotBelow>(target, a, stepA, b, stepB, count); break;
            case Operation.AtMost: Apply<NotAbove>(target, a, stepA, b, stepB, count); break;
            case Operation.Step: Apply<UnitStep>(target, a, stepA, b, stepB, count); break;
            case Operation.Where: Apply<Chosen>(target, a, stepA, b, stepB, count); break;
            case Operation.Negate: Apply<Negative>(target, a, stepA, b, stepB, count); break;
            case Operation.Sqrt: Apply<Root>(target, a, stepA, b, stepB, count); break;
            case Operation.Exp: Apply<Exponential>(target, a, stepA, b, stepB, count); break;
            case Operation.Log: Apply<Logarithm>(target, a, stepA, b, stepB, count); break;
            case Operation.Sin: Apply<Sine>(target, a, stepA, b, stepB, count); break;
            case Operation.Cos: Apply<Cosine>(target, a, stepA, b, stepB, count); break;
            case Operation.Abs: Apply<Size>(target, a, stepA, b, stepB, count); break;
            case Operation.Sign: Apply<SignOf>(target, a, stepA, b, stepB, count); break;
            case Operation.Floor: Apply<Floored>(target, a, stepA, b, stepB, count); break;
            case Operation.Ceiling: Apply<Ceiled>(target, a, stepA, b, stepB, count); break;
            case Operation.Round: Apply<Rounded>(target, a, stepA, b, stepB, count); break;
            case Operation.Truncate: Apply<Truncated>(target, a, stepA, b, stepB, count); break;
            default: OneByOne(operation, target, a, stepA, b, stepB, count); break;
        }
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

    static void OneByOne(Operation operation, double* target, double* a, nint stepA, double* b, nint stepB, int count)
    {
        var (nextA, nextB) = (stepA / Width, stepB / Width);
        for (var k = 0; k < count; k++, a += nextA, b += nextB) target[k] = Kernel.Evaluate(operation, *a, *b);
    }

    static void Apply<TOperation>(double* target, double* a, nint stepA, double* b, nint stepB, int count)
        where TOperation : struct, IVectorOperation
    {
        var whole = count & -Width;
        Loop<TOperation>(target, a, stepA, b, stepB, whole);
        if (whole == count) return;
        var last = stackalloc double[3 * Width];
        Vector512.Store(LoadPart(a + whole / Width * stepA, stepA, count - whole), last);
        Vector512.Store(LoadPart(b + whole / Width * stepB, stepB, count - whole), last + Width);
        Loop<TOperation>(last + 2 * Width, last, Width, last + Width, Width, Width);
        for (var k = whole; k < count; k++) target[k] = last[2 * Width + k - whole];
    }

    /// <summary>The operation stands here once, so that the whole of it is inlined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Loop<TOperation>(double* target, double* a, nint stepA, double* b, nint stepB, int count)
        where TOperation : struct, IVectorOperation
    {
        for (var k = 0; k < count; k += Width, a += stepA, b += stepB) Vector512.Store(TOperation.Of(Vector512.Load(a), Vector512.Load(b)), target + k);
    }

    /// <summary>Fewer than eight numbers, and -0.0 after them, which changes no sum.</summary>
    static Vector512<double> LoadPart(double* a, nint step, int count)
    {
        var part = stackalloc double[Width];
        for (var k = 0; k < Width; k++) part[k] = k < count ? a[step == 0 ? 0 : k] : -0.0;
        return Vector512.Load(part);
    }

    readonly struct Sum : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => a + b;
    }

    readonly struct Difference : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => a - b;
    }

    readonly struct Product : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => a * b;
    }

    readonly struct Quotient : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => a / b;
    }

    readonly struct Larger : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.Max(a, b);
    }

    readonly struct Smaller : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.Min(a, b);
    }

    readonly struct NotBelow : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.ConditionalSelect(Vector512.LessThan(a, b), b, a);
    }

    readonly struct NotAbove : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), b, a);
    }

    readonly struct UnitStep : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.ConditionalSelect(
            Vector512.GreaterThan(a, b), Vector512<double>.One, Vector512.ConditionalSelect(
                Vector512.LessThan(a, b), Vector512<double>.Zero, Vector512.ConditionalSelect(
                    Vector512.Equals(a, b), Vector512.Create(0.5), Vector512.Create(double.NaN))));
    }

    readonly struct Chosen : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) =>
            Vector512.ConditionalSelect(Vector512.Equals(a, Vector512<double>.Zero), Vector512<double>.Zero, b);
    }

    readonly struct Negative : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => -a;
    }

    readonly struct Root : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.Sqrt(a);
    }

    readonly struct Exponential : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => VectorFunctions.Exp(a);
    }

    readonly struct Logarithm : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => VectorFunctions.Log(a);
    }

    readonly struct Sine : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => VectorFunctions.Sin(a);
    }

    readonly struct Cosine : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => VectorFunctions.Cos(a);
    }

    readonly struct Size : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.Abs(a);
    }

    readonly struct SignOf : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.ConditionalSelect(
            Vector512.GreaterThan(a, Vector512<double>.Zero), Vector512<double>.One, Vector512.ConditionalSelect(
                Vector512.LessThan(a, Vector512<double>.Zero), Vector512.Create(-1.0), Vector512.ConditionalSelect(
                    Vector512.Equals(a, Vector512<double>.Zero), Vector512<double>.Zero, Vector512.Create(double.NaN))));
    }

    readonly struct Floored : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.Floor(a);
    }

    readonly struct Ceiled : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.Ceiling(a);
    }

    readonly struct Rounded : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.Round(a);
    }

    readonly struct Truncated : IVectorOperation
    {
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.Truncate(a);
    }
}
