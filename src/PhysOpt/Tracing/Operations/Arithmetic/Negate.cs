using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>-a.</summary>
    internal static Operation Negate => NegateOperation.Instance;
}

/// <inheritdoc cref="Operation.Negate"/>
internal sealed class NegateOperation() : VectorUnary<NegateOperation.Form>(nameof(Negate), Shortcut.Negate)
{
    internal static readonly Operation Instance = new NegateOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => new(-a.High, -a.Low, a.IsWhole);

    internal override (string Symbol, int Binding) Notation => ("-", 2);

    internal override bool IsUnit(int side) => true;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Negate(w);

    internal override int Simplify(Nodes g, int a, int b) => g.IsNegated(a) ? g[a].A : g.Append(this, a, b);

    internal override void Write(ILGenerator code) => code.Emit(OpCodes.Neg);

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Negate));

    internal readonly struct Form : IVectorUnaryForm
    {
        public static double Of(double a) => -a;

        public static Vector512<double> Of(Vector512<double> a) => -a;
    }
}
