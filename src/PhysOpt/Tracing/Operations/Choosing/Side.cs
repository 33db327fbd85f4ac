namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// The slope of |a|: as <see cref="Sign"/>, but where a is nearly 0 either side will do, so that it makes no demands on how a is
    /// computed.
    /// </summary>
    internal static Operation Side => SideOperation.Instance;
}

/// <inheritdoc cref="Operation.Side"/>
internal sealed class SideOperation() : VectorUnary<SignOperation.Form>(nameof(Side), Shortcut.Side)
{
    internal static readonly Operation Instance = new SideOperation();

    internal override bool IsDifferentiable(int side) => false;

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => true;

    internal override void Write(IVectorWriter writer) => Sign.Write(writer);
}
