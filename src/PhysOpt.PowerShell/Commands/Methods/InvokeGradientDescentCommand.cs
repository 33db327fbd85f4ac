using System.Management.Automation;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Gradient descent, x+ = x - eta dL/dx, with optional momentum. The learning rate is 0.01 unless given.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GradientDescent", DefaultParameterSetName = "Problem")]
[OutputType(typeof(IterationRecord))]
public sealed class InvokeGradientDescentCommand : MethodCommand
{
    /// <summary>mu in v+ = mu v - eta dL/dx, x+ = x + v+; 0, no momentum, unless given.</summary>
    [Parameter]
    [ValidateFraction]
    public double Momentum { get; set; }

    /// <summary>Use Nesterov's momentum.</summary>
    [Parameter]
    public SwitchParameter Nesterov { get; set; }

    /// <summary>Shorten each step until the loss falls; the learning rate is then the largest one.</summary>
    [Parameter]
    public SwitchParameter Backtracking { get; set; }

    private protected override IEnumerable<IterationRecord> Start(OptimizationProblem problem, OptimizationOptions options)
    {
        if (Nesterov && Momentum == 0)
        {
            throw new ProblemException(
                "NesterovNeedsMomentum", "Nesterov is a kind of momentum, but the momentum is 0.",
                "Give -Momentum too, such as -Momentum 0.9, or leave out -Nesterov.");
        }

        var method = new GradientDescent(LearningRateOr(GradientDescent.DefaultLearningRate), Momentum, Nesterov, Backtracking);
        return Optimizer.Run(problem, method, options, StopToken);
    }
}
