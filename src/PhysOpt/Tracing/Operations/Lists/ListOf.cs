using System.Reflection.Emit;

namespace PhysOpt.Tracing.Operations;

/// <summary>What makes a list of numbers of numbers: a node that is no number itself, and is only there to be looked up in.</summary>
internal abstract class ListOf(string name) : Operation(name, Many)
{
    internal sealed override double Evaluate(double a, double b) => throw NoNumber();

    internal sealed override unsafe void Evaluate(double* target, double* a, nint stepA, double* b, nint stepB, int count) =>
        throw NoNumber();

    internal sealed override int Times(Nodes g, int w, int node, int side) => throw NoNumber();

    internal sealed override void Write(ILGenerator code) => throw NoNumber();

    internal sealed override void Write(IVectorWriter writer) => throw NoNumber();

    InvalidOperationException NoNumber() => new($"{Name} is a list and no number.");
}
