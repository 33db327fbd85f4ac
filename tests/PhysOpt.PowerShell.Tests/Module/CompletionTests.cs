namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>What Tab offers. Tables of learning rates are in <see cref="CompareOptimizerTests"/>.</summary>
public sealed class CompletionTests : IDisposable
{
    readonly ModuleEngine module = new();

    public void Dispose() => module.Dispose();

    [Theory]
    [InlineData("Invoke-Adam ")]
    [InlineData("Invoke-Lbfgs -InputObject ")]
    [InlineData("Compare-Optimizer ")]
    [InlineData("Find-Minimum ")]
    [InlineData("Get-OptimizationProblem ")]
    [InlineData("Find-NumericInverse -Problem ")]
    [InlineData("Get-Gradient -Problem ")]
    [InlineData("Test-Gradient -Problem ")]
    [InlineData("Get-FunctionTrace -Problem ")]
    public void Names_of_problems(string line)
    {
        Assert.Equal(module.Texts("Get-OptimizationProblem | ForEach-Object Name").Order(StringComparer.Ordinal), Completed(line));
        Assert.Equal(["ThreeSpaces"], Completed(line + "thr"));
        Assert.Equal(["Rosenbrock"], Completed(line + "'Ros"));
    }

    [Fact]
    public void A_problem_is_offered_with_what_it_is() => Assert.Equal(
        ["y = (x0, x1^2), L = |y|^2: the three spaces"],
        module.Texts("(TabExpansion2 'Invoke-Adam Three' 17).CompletionMatches | ForEach-Object ToolTip"));

    [Theory]
    [InlineData("Find-Minimum Rosenbrock -Method ")]
    [InlineData("Compare-Optimizer Rosenbrock -Method ")]
    [InlineData("Compare-Optimizer Rosenbrock -Method Adam, ")]
    public void Names_of_methods(string line)
    {
        var names = Completed(line);
        Assert.Superset(new HashSet<string> { "Adam", "Bobyqa", "GaussNewton", "GradientDescent", "HalfInverseGradient", "InverseSimulator", "Lbfgs",
            "LevenbergMarquardt", "NelderMead", "Newton", "TrustRegion" }, names.ToHashSet());
        Assert.Equal(["Lbfgs", "LevenbergMarquardt"], Completed(line + "l"));
        Assert.Empty(Completed(line + "nothing-of-that-name"));
    }

    [Theory]
    [InlineData("Export-TrajectoryPlot p.png -Space ", "Loss State X Y")]
    [InlineData("Show-Trajectory -Space ", "Loss State X Y")]
    [InlineData("Export-TrajectoryPlot p.png -Against ", "Evaluations Iteration Time")]
    [InlineData("Show-Trajectory -Against e", "Evaluations")]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -InverseMethod ", "Analytic GaussNewton Lbfgs")]
    [InlineData("Invoke-Adam ThreeSpaces -Derivative ", "Auto FiniteDifference Traced")]
    [InlineData("Get-Hessian -Derivative f", "FiniteDifference")]
    [InlineData("[PhysOpt.TerminationReason]::Loss", "LossTarget LossTolerance")]
    public void Values_of_a_parameter_and_reasons_for_an_end(string line, string values) =>
        Assert.Equal(values.Split(' '), Completed(line));

    [Fact]
    public void Every_reason_for_an_end() =>
        Assert.Superset(Texts("[Enum]::GetNames([PhysOpt.TerminationReason])").ToHashSet(),
            Completed("[PhysOpt.TerminationReason]::").ToHashSet());

    [Theory]
    [InlineData("(Invoke-Adam ThreeSpaces)[-1].Gradi", "Gradient GradientEvaluations GradientNorm")]
    [InlineData("Invoke-Adam ThreeSpaces | Where-Object Gradi", "Gradient GradientEvaluations GradientNorm")]
    [InlineData("Invoke-Newton", "Invoke-NewtonStep")]
    [InlineData("Invoke-GradientDescent -Et", "-Eta")]
    public void Properties_commands_and_parameters_with_their_aliases(string line, string values) =>
        Assert.Equal(values.Split(' '), Completed(line));

    IEnumerable<string> Texts(string script) => module.Texts(script).Order(StringComparer.Ordinal);

    IEnumerable<string> Completed(string line) =>
        Texts($"(TabExpansion2 '{line.Replace("'", "''", StringComparison.Ordinal)}' {line.Length}).CompletionMatches | ForEach-Object " +
            $"CompletionText");
}
