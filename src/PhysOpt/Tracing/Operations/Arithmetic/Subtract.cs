using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>a - b.</summary>
    internal static Operation Subtract => SubtractOperation.Instance;
}

/// <inheritdoc cref="Operation.Subtract"/>
internal sealed class SubtractOperation() : VectorBinary<SubtractOperation.Form>(nameof(Subtract), Shortcut.Subtract)
{
    internal static readonly Operation Instance = new SubtractOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => new(a.Low - b.High, a.High - b.Low, a.IsWhole && b.IsWhole);

    internal override (string Symbol, int Binding) Notation => (" - ", 1);

    internal override int SignInSum => -1;

    internal override bool IsUnit(int side) => true;

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) => side == 0 ? w : g.Negate(w);

    /// <inheritdoc/>
    /// <remarks>-0.0 - x is -x; 0.0 - x is not, for at x = 0.0 it is 0.0. a - (-b) is a + b.</remarks>
    internal override int Simplify(Nodes g, int a, int b)
    {
        if (g.Is(b, 0.0)) return a;
        if (g.Is(a, -0.0)) return g.Negate(b);
        return g.IsNegated(b) ? g.Add(a, g[b].A) : g.Append(this, a, b);
    }

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => g.IsNeverNegativeZero(a);

    internal override void Write(ILGenerator code) => code.Emit(OpCodes.Sub);

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Subtract));

    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) => a - b;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => a - b;
    }
}
