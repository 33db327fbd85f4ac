using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// From a <see cref="LoopProgram"/> to machine code: the methods of a <see cref="MethodPlan"/>, compiled by the runtime without
/// going through its tiers.
/// </summary>
internal static class LoopCompiler
{
    /// <summary>Compiles all of the program; takes some microseconds for each operation.</summary>
    /// <exception cref="ArgumentException">The program is inconsistent.</exception>
    /// <exception cref="NotSupportedException">A loop is too long, in operations and in turns, for compiled code to be of use.</exception>
    internal static CompiledProgram Compile(LoopProgram program)
    {
        LoopProgramCheck.Validate(program);
        program = LoopSplitter.Split(program);
        var gathers = new GatherTable();
        var plan = MethodPlan.Of(program);
        MethodWriter[] methods = [.. plan.DefaultIfEmpty([]).Select(pieces => Write(program, pieces, gathers))];
        var data = new ProgramData(program.Constants, gathers.ToArray());
        var usesMemory = plan.Any(pieces => pieces.Any(piece => piece.UsesMemory));
        return new(program, usesMemory ? program.WorkCount : 0, [.. methods.Select(method => method.Finish(data))]);
    }

    static MethodWriter Write(LoopProgram program, IReadOnlyList<Piece> pieces, GatherTable gathers)
    {
        var method = new MethodWriter(program.Constants);
        foreach (var piece in pieces)
        {
            if (piece is LoopPiece loop) LoopEmitter.Write(method, loop.Loop, gathers);
            else if (piece is ScatterPiece scatter) ScatterEmitter.Write(method, scatter.Scattering);
            else StraightEmitter.Write(method, (StraightPiece)piece);
        }

        return method;
    }
}
