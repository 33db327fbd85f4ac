namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>Numbers side by side, in the order of the operands: what is looked up by an index.</summary>
    internal static Operation List => ListOperation.Instance;
}

/// <inheritdoc cref="Operation.List"/>
internal sealed class ListOperation() : ListOf(nameof(List))
{
    internal static readonly Operation Instance = new ListOperation();

    internal override bool HoldsOperands => true;

    internal override int PlacesFrom(int operandCount) => operandCount;

    internal override int TangentOf(Nodes g, int node, ReadOnlySpan<int> tangents) => g.Append(this, tangents, tangents.Length);

    internal override int AdjointOf(Nodes g, int node, int operand, int adjoint) => g.Apply(Gather, adjoint, g.Constant(operand));

    internal override void Fill(Span<double> list, ReadOnlySpan<double> operands) => operands.CopyTo(list);
}
