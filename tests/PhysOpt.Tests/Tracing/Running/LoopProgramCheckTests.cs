using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tests.Tracing;

/// <summary>What is wrong with a program is found before it is compiled: compiled code looks at no index.</summary>
public class LoopProgramCheckTests
{
    static readonly Store ToOutput = new(0, new(Space.Output, 0, 1));

    static Loop Copy(Access from, Store store, int length = 4) => new(length, [new(Operation.Input, 0, from, default)], 1, [store], []);

    static Straight Code(Operation operation, Location target, Location a) => new([new(operation, target, a, a)]);

    static LoopProgram Of(params Step[] steps) => new(4, 4, 4, [1], steps);

    public static TheoryData<string> Names() => [.. Bad.Keys];

    static readonly Dictionary<string, LoopProgram> Bad = new()
    {
        ["an output is missing"] = Of(Copy(new(Space.Input, 0, 1), ToOutput, 3)),
        ["an output is written twice"] = Of(Copy(new(Space.Input, 0, 1), ToOutput), Code(Operation.Input, new(Space.Output, 3), default)),
        ["a read beyond the input"] = Of(Copy(new(Space.Input, 1, 1), ToOutput)),
        ["a read before the input"] = Of(Copy(new(Space.Input, 2, -1), ToOutput)),
        ["a gather beyond the input"] = Of(Copy(new(Space.Input, 0, 0, [0, 1, 2, 4]), ToOutput)),
        ["too few indices"] = Of(Copy(new(Space.Input, 0, 0, [0, 1, 2]), ToOutput)),
        ["a constant that is none"] = Of(Copy(new(Space.Constant, 1, 0), ToOutput)),
        ["work that is not written yet"] = Of(Copy(new(Space.Work, 0, 1), ToOutput)),
        ["a register that is not written"] = Of(Copy(new(Space.Register, 0, 0), ToOutput)),
        ["a register that is none"] = Of(Copy(new(Space.Input, 0, 1), new(1, new(Space.Output, 0, 1)))),
        ["a write into the input"] = Of(Code(Operation.Negate, new(Space.Input, 0), default)),
        ["a write beyond the output"] = Of(Copy(new(Space.Input, 0, 1), new(0, new(Space.Output, 1, 1)))),
        ["a store in one place"] = Of(Copy(new(Space.Input, 0, 1), new(0, new(Space.Work, 0, 0)))),
        ["no operation"] = Of(Code(Operation.Constant, new(Space.Work, 0), default)),
        ["no turn"] = Of(Copy(new(Space.Input, 0, 1), ToOutput, 0)),
        ["turns that depend on one another"] = Of(
            Copy(new(Space.Input, 0, 1), new(0, new(Space.Work, 0, 1))), Copy(new(Space.Work, 0, 1), new(0, new(Space.Work, 1, 1)), 3),
                Copy(new(Space.Work, 0, 1), ToOutput)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void An_inconsistent_program_is_refused(string name) => Assert.Throws<ArgumentException>(() => LoopCompiler.Compile(Bad[name]));

    [Fact]
    public void A_consistent_one_is_not() => LoopProgramCheck.Validate(Of(Copy(new(Space.Input, 3, -1), ToOutput)));
}
