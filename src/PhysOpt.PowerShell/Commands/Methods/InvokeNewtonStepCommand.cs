using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Newton's method, x+ = x - eta H^-1 dL/dx. The learning rate is 1 unless given: the full step.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "NewtonStep", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeNewtonStepCommand : MethodCommand
{
    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new Newton(LearningRateOr(Newton.DefaultLearningRate)), options, StopToken);
}
