using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// Nelder and Mead's simplex within bounds, without derivatives. The learning rate is the length of its first edges, in sizes of the
/// variables; 0.5 unless given.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "NelderMead", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeNelderMeadCommand : MethodCommand
{
    private protected override OptimizationOptions DefaultOptions => NelderMead.DefaultOptions;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new NelderMead(LearningRateOr(NelderMead.DefaultFirstSize)), options, StopToken);
}
