using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The absolute value of a; its slope at 0 is 0.</summary>
    internal static Operation Abs => AbsOperation.Instance;
}

/// <inheritdoc cref="Operation.Abs"/>
internal sealed class AbsOperation() : VectorUnary<AbsOperation.Form>(nameof(Abs), Shortcut.Abs)
{
    internal static readonly Operation Instance = new AbsOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => new(0, a.Size, a.IsWhole);

    private protected override Func<double, double> Intrinsic => System.Math.Abs;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Multiply(w, g.Apply(Side, a));

    /// <summary>|-x| is |x|.</summary>
    internal override int Simplify(Nodes g, int a, int b) => g.IsNegated(a) ? g.Apply(this, g[a].A) : g.Append(this, a, b);

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => true;

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Abs));

    internal readonly struct Form : IVectorUnaryForm
    {
        public static double Of(double a) => double.Abs(a);

        public static Vector512<double> Of(Vector512<double> a) => Vector512.Abs(a);
    }
}
