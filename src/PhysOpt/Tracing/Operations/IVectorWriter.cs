using System.Reflection;

namespace PhysOpt.Tracing.Operations;

/// <summary>What writes machine code for vectors: an operation says which of these ways is its own.</summary>
internal interface IVectorWriter
{
    /// <summary>
    /// A method that System.Runtime.Intrinsics.Vector512 and its narrower kin have under this name, with as many operands.
    /// </summary>
    void Instruction(string name);

    /// <summary>A method of eight numbers, or of eight pairs.</summary>
    void Function(MethodInfo ofEight);

    /// <summary>The first case that holds, lane by lane, by masks.</summary>
    /// <param name="cases">In this order; false for NaN.</param>
    /// <param name="otherwise">Where none holds.</param>
    void Choice(ReadOnlySpan<Case> cases, Part otherwise);

    /// <summary>The operation on one number after the other.</summary>
    void NumberByNumber(Operation operation);

    /// <summary>The operation on one index after the other, each with the list of its turn.</summary>
    void FromList(Operation operation);
}

/// <summary>Where a compares so with another number, this is the result.</summary>
/// <param name="Comparison">The method of System.Runtime.Intrinsics.Vector512 and its kin: "LessThan", "GreaterThan", "Equals".</param>
/// <param name="To">What a is compared with.</param>
/// <param name="Result">The result where the answer is yes.</param>
internal readonly record struct Case(string Comparison, Part To, Part Result);

/// <summary>An operand of an operation, or a number.</summary>
/// <param name="Operand">0 for a, 1 for b, -1 for a number.</param>
/// <param name="Number">The number.</param>
internal readonly record struct Part(int Operand, double Number)
{
    internal static readonly Part A = new(0, 0);

    internal static readonly Part B = new(1, 0);

    public static implicit operator Part(double number) => new(-1, number);
}
