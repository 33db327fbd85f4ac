namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>A record piped into a method: the run resumes from there.</summary>
public sealed class ContinuationTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    /// <summary>Run, iteration and x of each record.</summary>
    const string Show = "ForEach-Object { \"$($_.Run) $($_.Iteration) $([Math]::Round($_.X0, 9)) $([Math]::Round($_.X1, 9))\" }";

    [Fact]
    public void A_whole_run_is_gone_on_from_at_its_last_record_only() => Assert.Equal(
        ["0 0 2.8812 1.63688448", "0 1 0 1.09125632"],
        module.Texts($"Invoke-GradientDescent ThreeSpaces -Iterations 2 | Invoke-NewtonStep -Iterations 1 | {Show}"));

    [Fact]
    public void A_stored_run_is_gone_on_from_in_the_same_way() => Assert.Equal(
        ["0 0 2.8812 1.63688448"],
        module.Texts($"$r = Invoke-GradientDescent ThreeSpaces -Iterations 2; $r | Invoke-NewtonStep -Iterations 0 | {Show}"));

    [Theory]
    [InlineData("$r[1] | Invoke-NewtonStep -Iterations 0")]
    [InlineData("Invoke-NewtonStep $r[1] -Iterations 0")]
    [InlineData("Invoke-NewtonStep -InputObject $r[1] -Iterations 0")]
    public void A_single_record_from_the_middle_is_gone_on_from(string command) => Assert.Equal(
        ["0 0 2.94 1.92"],
        module.Texts($"$r = @(Invoke-GradientDescent ThreeSpaces -Iterations 3); {command} | {Show}"));

    [Fact]
    public void Records_apart_from_each_other_are_starts_of_their_own() => Assert.Equal(
        ["0 0 2.94 1.92", "1 0 2.823576 1.461450351"],
        module.Texts($"$r = @(Invoke-GradientDescent ThreeSpaces -Iterations 4); $r[1], $r[3] | Invoke-NewtonStep -Iterations 0 | {Show}"));

    [Fact]
    public void Two_runs_give_two_runs() => Assert.Equal(
        ["0 0 2.94 1.92", "1 0 5.88 -2.64"],
        module.Texts($"(3, 3), (6, 6) | Invoke-GradientDescent ThreeSpaces -Iterations 1 | Invoke-NewtonStep -Iterations 0 | {Show}"));

    [Fact]
    public void Two_runs_of_zero_iterations_give_two_runs() => Assert.Equal(
        ["0 0 3 3", "1 0 6 6"],
        module.Texts($"(3, 3), (6, 6) | Invoke-GradientDescent ThreeSpaces -Iterations 0 | Invoke-NewtonStep -Iterations 0 | {Show}"));

    [Fact]
    public void The_same_stored_run_twice_gives_two_runs() => Assert.Equal(
        ["0 0 2.94 1.92", "1 0 2.94 1.92"],
        module.Texts($"$r = Invoke-GradientDescent ThreeSpaces -Iterations 1; $r + $r | Invoke-NewtonStep -Iterations 0 | {Show}"));

    [Fact]
    public void A_chain_of_methods_is_gone_through_in_order() => Assert.Equal(
        ["Lbfgs 0"],
        module.Texts("""
            Invoke-GradientDescent ThreeSpaces -Iterations 2 | Invoke-NewtonStep -Iterations 2 | Invoke-Lbfgs |
                ForEach-Object { if ($_.Status -ne 'Running') { "$($_.Method) $([Math]::Round($_.Loss, 9))" } }
            """));

    [Fact]
    public void A_run_that_ended_early_is_gone_on_from_at_its_last_good_point() => Assert.Equal(
        ["0 0 3 3"],
        module.Texts($"Invoke-InverseSimulator ThreeSpaces -Eta 1.2 -WarningAction Ignore | Invoke-NewtonStep -Iterations 0 | {Show}"));

    [Fact]
    public void A_run_cut_short_downstream_is_gone_on_from_where_it_was_cut() => Assert.Equal(
        ["0 0 2.94 1.92"],
        module.Texts($"Invoke-GradientDescent ThreeSpaces -Iterations 100 | Select-Object -First 2 | Invoke-NewtonStep -Iterations 0 | " +
            $"{Show}"));

    [Fact]
    public void The_users_own_problem_goes_along() => Assert.Equal(
        ["Mine 5"],
        module.Texts("""
            Invoke-GradientDescent -Name Mine -Physics { param($x) $x } -Target 5 -InitialGuess 1 -Eta 0.1 -Iterations 2 |
                Invoke-NewtonStep -Iterations 1 | ForEach-Object { if ($_.Iteration -eq 1) { "$($_.Problem) $([Math]::Round($_.X0, 6))" } }
            """));

    [Fact]
    public void A_records_x_starts_another_problem() => Assert.Equal(
        ["0 2.94"],
        module.Texts("""
            @(Invoke-GradientDescent ThreeSpaces -Iterations 1)[1] |
                Invoke-GradientDescent -Physics { param($x) $x } -Iterations 0 | ForEach-Object { "$($_.Run) $($_.X0)" }
            """));

    [Fact]
    public void The_gallerys_start_is_not_moved_by_going_on() => Assert.Equal(
        ["3 3"],
        module.Texts("$null = Invoke-GradientDescent ThreeSpaces -Iterations 1 | Invoke-NewtonStep -Iterations 1; " +
            "(Get-OptimizationProblem ThreeSpaces).InitialGuess.ToString()"));

    [Fact]
    public void Going_on_with_the_same_method_is_the_same_as_not_stopping() => Assert.Equal(
        ["True"],
        module.Texts("""
            $whole = @(Invoke-GradientDescent ThreeSpaces -Iterations 6)
            $parts = @(Invoke-GradientDescent ThreeSpaces -Iterations 3 | Invoke-GradientDescent -Iterations 3)
            "$($whole[-1].X.Equals($parts[-1].X))"
            """));

    [Theory]
    [InlineData("Invoke-GradientDescent", "-Momentum 0.9")]
    [InlineData("Invoke-GradientDescent", "-Momentum 0.9 -Nesterov -Derivative FiniteDifference")]
    [InlineData("Invoke-GradientDescent", "-Eta 1 -Backtracking")]
    [InlineData("Invoke-Adam", "-Eta 0.3")]
    [InlineData("Invoke-AdaGrad", "-Eta 0.3 -Gradient { param($x) (2 * $x[0]), (4 * $x[1] * $x[1] * $x[1]) }")]
    [InlineData("Invoke-RmsProp", "-Eta 0.1")]
    [InlineData("Invoke-NewtonStep", "-Eta 0.3")]
    [InlineData("Invoke-InverseSimulator", "-Eta 0.3")]
    [InlineData("Invoke-Lbfgs", "-Memory 3 -LossTolerance 0")]
    public void Going_on_is_the_same_as_not_stopping_bit_for_bit_for_every_method(string command, string parameters)
    {
        string[] problems = ["ThreeSpaces", "-Physics { param($x) $x[0], ($x[1] * $x[1]) } -InitialGuess 3,3"];
        if (command == "Invoke-InverseSimulator") problems = problems[..1]; // the other has no inverse
        foreach (var problem in problems)
        {
            Assert.Equal(["True"], module.Texts($$"""
                $whole = @({{command}} {{problem}} {{parameters}} -Iterations 12 -GradientTolerance 0 -WarningAction Ignore)
                $first = @({{command}} {{problem}} {{parameters}} -Iterations 5 -GradientTolerance 0 -WarningAction Ignore)
                $second = @($first | {{command}} {{parameters}} -Iterations 7 -GradientTolerance 0 -WarningAction Ignore)
                $show = { "$($args[0].Iteration) $($args[0].Loss) $($args[0].X) $($args[0].Step) $($args[0].Gradient)" }
                $same = $whole.Count -eq $second.Count + 5
                for ($k = 0; $k -lt $second.Count; $k++) { if ((& $show $second[$k]) -cne (& $show $whole[$k + 5])) { $same = "$($k): $(& $show $second[$k]) and $(& $show $whole[$k + 5])" } }
                "$same"
                """));
        }
    }

    [Fact]
    public void Iterations_and_evaluations_count_on() => Assert.Equal(
        ["0 3 4", "0 4 5", "0 5 6"],
        module.Texts("Invoke-Adam ThreeSpaces -Iterations 3 | Invoke-Adam -Iterations 2 | ForEach-Object { \"$($_.Run) $($_.Iteration) " +
            "$($_.Evaluations)\" }"));

    [Fact]
    public void The_block_is_not_called_again_where_its_value_is_known()
    {
        module.Calls = 0;
        var result = module.Run("""
            $physics = { param($x) $counter[0]++; $x[0], ($x[1] * $x[1]) }
            $r = @(Invoke-GradientDescent -Physics $physics -InitialGuess 3,3 -Iterations 2 -Gradient { param($x) (2 * $x[0]), (4 * $x[1] * $x[1] * $x[1]) })
            $before = $counter[0]
            $null = $r | Invoke-GradientDescent -Iterations 3 -Gradient { param($x) (2 * $x[0]), (4 * $x[1] * $x[1] * $x[1]) }
            $counter[0] - $before
            """, ("counter", module.Counter));
        Assert.Empty(result.Errors);
        Assert.Equal("3", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void A_variable_in_the_physics_that_has_changed_begins_the_run_anew() => Assert.Equal(
        ["2 True", "0 False"],
        module.Texts("""
            $weight = 1.0
            $r = @(Invoke-Adam -Physics { param($x) ($weight * $x[0]), ($x[1] * $x[1]) } -InitialGuess 3,3 -Iterations 2)[-1]
            $s = @($r | Invoke-Adam -Iterations 0)[0]; "$($s.Iteration) $($s.Loss -eq $r.Loss)"
            $weight = 2.0
            $s = @($r | Invoke-Adam -Iterations 0)[0]; "$($s.Iteration) $($s.Loss -eq $r.Loss)"
            """));

    [Fact]
    public void A_start_of_ones_own_begins_anew() => Assert.Equal(
        ["0 0 1 1"],
        module.Texts($"@(Invoke-Adam ThreeSpaces -Iterations 3)[-1] | Invoke-Adam -InitialGuess 1,1 -Iterations 0 | {Show}"));

    [Fact]
    public void A_record_that_was_read_back_begins_anew_at_its_x() => Assert.Equal(
        ["0 2.997 2.997"],
        module.Texts($$"""
            $r = @(Invoke-Adam ThreeSpaces -Iterations 3)[-1]
            $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($r, 2))
            $back | Invoke-Adam -Iterations 0 | ForEach-Object { "$($_.Iteration) $([Math]::Round($_.X0, 3)) $([Math]::Round($_.X1, 3))" }
            """));

    [Fact]
    public void What_travels_is_not_shown() => Assert.Equal(
        ["False"],
        module.Texts("$r = @(Invoke-Adam ThreeSpaces -Iterations 1)[0]; \"$([bool]($r.psobject.Properties | Where-Object Name -match " +
            "'Continuation|State$'))\""));
}
