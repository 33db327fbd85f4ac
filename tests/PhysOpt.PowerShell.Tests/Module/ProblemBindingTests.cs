using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>How a problem reaches a method: as an object, by name, by pipeline, or written out as parameters.</summary>
public sealed class ProblemBindingTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string LastX = "ForEach-Object { if ($_.Status -ne 'Running') { \"$($_.Run) $([Math]::Round($_.X0, 9)) $([Math]::Round($_.X1, " +
        "9))\" } }";

    [Theory]
    [InlineData("Invoke-NewtonStep ThreeSpaces -Iterations 1")]
    [InlineData("Invoke-NewtonStep threespaces -MaxIterations 1")]
    [InlineData("Invoke-NewtonStep -Problem ThreeSpaces -Iterations 1")]
    [InlineData("Invoke-NewtonStep -InputObject (Get-OptimizationProblem ThreeSpaces) -Iterations 1")]
    [InlineData("Get-OptimizationProblem ThreeSpaces | Invoke-NewtonStep -Iterations 1")]
    [InlineData("'ThreeSpaces' | Invoke-NewtonStep -Iterations 1")]
    public void The_gallery_is_there_by_name_as_object_and_by_pipeline(string script) =>
        Assert.Equal(["0 0 2"], module.Texts($"{script} | {LastX}"));

    [Theory]
    [InlineData("three*", "ThreeSpaces")]
    [InlineData("*s*", "Rosenbrock ThreeSpaces")]
    [InlineData("ROSENBROCK", "Rosenbrock")]
    [InlineData("nothing*", "")]
    public void Names_of_the_gallery_may_have_wildcards(string pattern, string found)
    {
        var names = module.Texts($"Get-OptimizationProblem '{pattern}' | ForEach-Object Name");
        foreach (var name in found.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Assert.Contains(name, names);
        if (found.Length == 0) Assert.Empty(names);
    }

    [Fact]
    public void Every_problem_of_the_gallery_can_be_shown_and_solved_by_its_name()
    {
        var names = module.Texts("Get-OptimizationProblem | ForEach-Object Name");
        Assert.Contains("ThreeSpaces", names);
        foreach (var name in names)
        {
            Assert.Equal([name], module.Texts($"(Get-OptimizationProblem '{name}').Name"));
            Assert.Equal(["0", "1"],
                module.Texts($"Invoke-GradientDescent '{name}' -Eta 1e-9 -Iterations 1 | ForEach-Object {{ \"$($_.Iteration)\" }}"));
        }
    }

    [Fact]
    public void Physics_and_target_can_be_given_in_place_of_a_problem() => Assert.Equal(
        ["Mine 5 6"],
        module.Texts("""
            Invoke-NewtonStep -Name Mine -Physics { param($x) $x[0], $x[1] } -Target 5,6 -InitialGuess 1,1 -Iterations 1 |
                ForEach-Object { if ($_.Iteration -eq 1) { "$($_.Problem) $([Math]::Round($_.X0, 6)) $([Math]::Round($_.X1, 6))" } }
            """));

    [Fact]
    public void An_objective_can_be_given_in_place_of_a_problem_and_has_no_y() => Assert.Equal(
        ["2 False"],
        module.Texts("""
            Invoke-NewtonStep -Objective { param($x) ($x[0] - 2) * ($x[0] - 2) } -InitialGuess 7 -Iterations 1 |
                ForEach-Object { if ($_.Iteration -eq 1) { "$([Math]::Round($_.X0, 6)) $($null -ne $_.Y)" } }
            """));

    [Fact]
    public void Several_problems_come_by_pipeline_and_are_numbered_as_runs() => Assert.Equal(
        ["0 Rosenbrock", "1 ThreeSpaces"],
        module.Texts("Get-OptimizationProblem Rosenbrock, ThreeSpaces | Invoke-GradientDescent -Iterations 0 | ForEach-Object { " +
            "\"$($_.Run) $($_.Problem)\" }"));

    [Theory]
    [InlineData("(3, 3), (6, 6) | Invoke-NewtonStep ThreeSpaces -Iterations 1")]
    [InlineData("'3 3', '6 6' | Invoke-NewtonStep ThreeSpaces -Iterations 1")]
    [InlineData("[PhysOpt.Vector] (3, 3), [PhysOpt.Vector] (6, 6) | Invoke-NewtonStep -Problem ThreeSpaces -Iterations 1")]
    public void Several_starts_come_by_pipeline_and_are_numbered_as_runs(string script) =>
        Assert.Equal(["0 0 2", "1 0 4"], module.Texts($"{script} | {LastX}"));

    [Fact]
    public void Several_starts_come_by_pipeline_to_physics_too() => Assert.Equal(
        ["0 1", "1 2"],
        module.Texts("1, 2 | Invoke-GradientDescent -Physics { param($x) $x } -Iterations 0 | ForEach-Object { \"$($_.Run) $($_.X0)\" }"));

    [Fact]
    public void A_start_overrides_the_problems_own() => Assert.Equal(
        ["6 6", "3 3"],
        module.Texts("""
            $p = Get-OptimizationProblem ThreeSpaces
            Invoke-GradientDescent $p -InitialGuess 6,6 -Iterations 0 | ForEach-Object { $_.X.ToString() }
            $p.InitialGuess.ToString()
            """));

    [Theory]
    [InlineData("Invoke-GradientDescent -InputObject th", "ThreeSpaces")]
    [InlineData("Invoke-Lbfgs ros", "Rosenbrock")]
    [InlineData("Get-OptimizationProblem th", "ThreeSpaces")]
    [InlineData("Get-Hessian -Problem 'th", "ThreeSpaces")]
    [InlineData("Find-NumericInverse -Problem th", "ThreeSpaces")]
    [InlineData("Invoke-InverseSimulator ThreeSpaces -InverseMethod gau", "GaussNewton")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Derivative fin", "FiniteDifference")]
    public void Names_are_completed(string line, string completion)
    {
        using var shell = System.Management.Automation.PowerShell.Create(module.Runspace);
        var found = CommandCompletion.CompleteInput(line, line.Length, [], shell).CompletionMatches;
        Assert.Contains(completion, found.Select(match => match.CompletionText.Trim('\'')));
    }
}
