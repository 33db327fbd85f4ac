using System.Reflection.Emit;

namespace PhysOpt.Tracing.Operations;

/// <summary>
/// What stands where an operation does and is not computed from operands: inputs, constants, and whatever a room has to mark in its
/// own lists.
/// </summary>
internal sealed class Placeholder(string name) : Operation(name, 0)
{
    internal override double Evaluate(double a, double b) => throw NotComputed();

    internal override unsafe void Evaluate(double* target, double* a, nint stepA, double* b, nint stepB, int count) => throw NotComputed();

    internal override int Times(Nodes g, int w, int node, int side) => throw NotComputed();

    internal override void Write(ILGenerator code) => throw NotComputed();

    internal override void Write(IVectorWriter writer) => throw NotComputed();

    InvalidOperationException NotComputed() => new($"{Name} is not computed from operands.");
}
