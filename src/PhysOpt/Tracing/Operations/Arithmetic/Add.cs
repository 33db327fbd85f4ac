using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>a + b.</summary>
    internal static Operation Add => AddOperation.Instance;
}

/// <inheritdoc cref="Operation.Add"/>
internal sealed class AddOperation() : VectorBinary<AddOperation.Form>(nameof(Add), Shortcut.Add)
{
    internal static readonly Operation Instance = new AddOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => new(a.Low + b.Low, a.High + b.High, a.IsWhole && b.IsWhole);

    internal override (string Symbol, int Binding) Notation => (" + ", 1);

    internal override bool IsCommutative => true;

    internal override int SignInSum => 1;

    internal override bool IsUnit(int side) => true;

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) => w;

    /// <inheritdoc/>
    /// <remarks>-0.0 + x is x. 0.0 + x is x only where x cannot be -0.0, for 0.0 + -0.0 is 0.0. a + (-b) is a - b.</remarks>
    internal override int Simplify(Nodes g, int a, int b)
    {
        if (g.IsConstant(a) && (g.Is(a, -0.0) || (g.Is(a, 0.0) && g.IsNeverNegativeZero(b)))) return b;
        if (g.IsConstant(b) && (g.Is(b, -0.0) || (g.Is(b, 0.0) && g.IsNeverNegativeZero(a)))) return a;
        if (g.IsNegated(b)) return g.Subtract(a, g[b].A);
        return g.IsNegated(a) ? g.Subtract(b, g[a].A) : g.Append(this, a, b);
    }

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => g.IsNeverNegativeZero(a) || g.IsNeverNegativeZero(b);

    internal override void Write(ILGenerator code) => code.Emit(OpCodes.Add);

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Add));

    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) => a + b;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => a + b;
    }
}
