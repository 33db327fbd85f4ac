using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tracing.Compiling;

/// <summary>Estimates of what running and compiling cost, in nanoseconds. Only their order of magnitude matters.</summary>
internal static class RunCost
{
    const double PerEvaluation = 20;
    const double PerOperation = 2;
    const double PerBlock = 15; // of a few hundred turns, for one operation
    const double PerTurn = 0.2;
    const double PerMethod = 400_000;
    const double PerCompiledOperation = 6_000;
    const double PerCompiledLoopOperation = 20_000; // for whole vectors and for what is left of the turns
    const double PerCheckedTurn = 3; // of an access

    /// <summary>One evaluation by the interpreter.</summary>
    internal static double OfInterpreting(LoopProgram program) => PerEvaluation + program.Steps.Sum(step => step switch
    {
        Loop loop => Operations(loop) * (PerTurn * loop.Length + PerBlock * (1 + loop.Length / LoopPlan.BlockLength))
            + PerOperation * loop.Length * loop.Body.Count(operation => operation.Operation.ReadsList),
        Scattering scattering => PerTurn * scattering.Length + PerOperation * scattering.Parts.Sum(part => part.Count),
        Straight straight => PerOperation * straight.Code.Count,
        _ => 0,
    });

    /// <summary>Compiling the program.</summary>
    internal static double OfCompiling(LoopProgram program) => PerMethod + program.Steps.Sum(step => step switch
    {
        Loop loop => Operations(loop) * (PerCompiledLoopOperation + PerCheckedTurn * loop.Length),
        Scattering scattering => PerCompiledOperation * (1 + scattering.Parts.Count),
        Straight straight => PerCompiledOperation * straight.Code.Count,
        _ => 0,
    });

    static double Operations(Loop loop) => loop.Body.Count + loop.Stores.Count + loop.Sums.Count;
}
