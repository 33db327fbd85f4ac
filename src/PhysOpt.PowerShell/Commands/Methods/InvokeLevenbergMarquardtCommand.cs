using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// Levenberg-Marquardt for losses |y - target|^2, within bounds. The learning rate is the length of the first step tried, relative to x as
/// its effect on y measures both; 1 unless given.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "LevenbergMarquardt", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeLevenbergMarquardtCommand : MethodCommand
{
    private protected override OptimizationOptions DefaultOptions => LevenbergMarquardt.DefaultOptions;

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new LevenbergMarquardt(LearningRateOr(LevenbergMarquardt.DefaultInitialRadius)), options, StopToken);
}
