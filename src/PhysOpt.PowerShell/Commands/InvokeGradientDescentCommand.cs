using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Gradient descent, x+ = x - eta dL/dx. The learning rate is 0.01 unless given.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GradientDescent", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeGradientDescentCommand : MethodCommand
{
    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options) =>
        Optimizer.Run(problem, new GradientDescent(LearningRateOr(0.01)), options, StopToken);
}
