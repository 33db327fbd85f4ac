using System.Collections.Concurrent;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>One problem in many sessions at once: it gives each of them the numbers that it gives alone, to the last bit.</summary>
public sealed class RunspaceTests(RunspaceTests.Sessions sessions) : IClassFixture<RunspaceTests.Sessions>
{
    const string Runs = "1..100 | ForEach-Object { $run = Find-Minimum $problem -InitialGuess ($_ / 10); \"$($run.X) $($run.Loss) " +
        "$($run.Evaluations)\" }";

    readonly ModuleEngine home = sessions.Home;

    /// <summary>Eight sessions beside that in which problems are made.</summary>
    public sealed class Sessions : IDisposable
    {
        public Sessions()
        {
            Home = new();
            Others = [.. Enumerable.Range(0, 8).Select(_ => new ModuleEngine())];
        }

        public ModuleEngine Home { get; }

        public ModuleEngine[] Others { get; }

        public void Dispose()
        {
            Home.Dispose();
            foreach (var other in Others) other.Dispose();
        }
    }

    /// <summary>What a block may take from its session, and a problem with such a block.</summary>
    public static TheoryData<string, string> Problems { get; } = new()
    {
        { "$k = 3.0; $list = 1.0, 2.0; $table = @{ a = @{ b = 0.5 } }",
            "-Objective { param($x) $d = $x[0] - $k; $d*$d*$list[1] + [Math]::Cosh($table.a.b*$x[0]) }" },
        { "$scale = 2.0; function Square-It($v) { $v*$v*$scale }; Set-Alias sqr Square-It; filter Half-It { 0.5*$_ }",
            "-Objective { param($x) (sqr ($x[0] - 1)) + (Square-It ($x[0]*$x[0] | Half-It)) }" },
        { "$edge = 2.0; $below = 4.0",
            "-Objective { param($x) if ($x[0] -gt $edge) { ($x[0]-3)*($x[0]-3) } elseif ($x[0] -gt 1) { $x[0]*$below - $below } " +
            "else { $x[0]*$x[0]*$x[0]*$x[0] } }" },
        { "function New-Block { $centre = 1.25; { param($x) $d = $x[0] - $centre; [Math]::Exp($d*$d) }.GetNewClosure() }",
            "-Objective (New-Block)" },
        { "$offset = 0.75; $model = { param($v) $v - $offset }; $models = @{ cube = { param($v) $v*$v*$v - $offset } }",
            "-Objective { param($x) $d = & $model $x[0]; $e = & $models.cube $x[0]; $d*$d + $e*$e }" },
        { "$gain = 2.0; function Step-It($v) { [Math]::Tanh($gain*$v) }",
            "-Physics { param($x) (Step-It $x[0]), ($x[0]*$x[0]) } -Loss { param($y) $y[0]*$y[0] + $gain*$y[1] }" },
        { "$digits = 3; function Read-It($v) { [double]::Parse(\"$v\", [cultureinfo]::InvariantCulture) }",
            "-Objective { param($x) $d = (Read-It $x[0]) - $digits; $d*$d }" },
        { "class Spring { [double] $Stiffness; Spring([double] $k) { $this.Stiffness = $k } }; $spring = [Spring]::new(3)",
            "-Objective { param($x) 0.5*$spring.Stiffness*$x[0]*$x[0] + [Math]::Cos($x[0]) }" },
        { "function Lose-It($x) { $d = $x[0] - $target; $d*$d }; $target = 0.5", "-Objective ${function:Lose-It}" },
        { "$m = New-Module { $secret = 1.5; function Hidden($v) { ($v - $secret)*($v - $secret) }; function Get-Model { { param($x) " +
            "Hidden $x[0] } }; Export-ModuleMember Get-Model }", "-Objective (Get-Model)" },
        { "$script:k = 1.5; $global:m = 2.5", "-Objective { param($x) ($x[0]-$script:k)*($x[0]-$global:m) }" },
        { "", "-Objective { param($x) ($x[0] - ($neverBorn ?? 2.0))*($x[0] - 2.0) }" },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void Eight_sessions_get_the_numbers_of_one(string before, string problem)
    {
        var made = Problem(before, problem);
        var alone = home.Texts(Runs);
        Assert.Equal(100, alone.Length);
        foreach (var texts in Everywhere(Runs, made)) Assert.Equal(alone, texts);
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void So_does_a_problem_that_never_ran_where_it_was_made(string before, string problem)
    {
        const string run = "2.25, 0.5 | ForEach-Object { $run = Find-Minimum $problem -InitialGuess $_; \"$($run.X) $($run.Loss)\" }";
        var elsewhere = Everywhere(run, Problem(before, problem));
        var alone = home.Texts(run);
        foreach (var texts in elsewhere) Assert.Equal(alone, texts);
    }

    [Fact]
    public void A_variable_that_gets_another_value_at_home_has_it_everywhere()
    {
        const string run = "(Find-Minimum $problem).X";
        var made = Problem("$k = 3.0; function Get-It { 1.0 }", "-Objective { param($x) $d = $x[0] - $k*(Get-It); $d*$d } -InitialGuess 0");
        foreach (var texts in Everywhere(run, made)) Assert.Equal(["3"], texts);
        home.Run("$k = 4.0");
        foreach (var texts in Everywhere(run, made)) Assert.Equal(["4"], texts);
        home.Run("function Get-It { 2.0 }");
        foreach (var texts in Everywhere(run, made)) Assert.Equal(["8"], texts);
    }

    [Fact]
    public void The_variables_of_other_sessions_are_left_alone()
    {
        var made = Problem("$k = 3.0; $global:m = 2.0; function Only-Here($v) { $v*$v }; function Both-There($v) { $v }",
            "-Objective { param($x) $d = $x[0] - $k; (Only-Here $d) + (Both-There $global:m) } -InitialGuess 0");
        const string run = "function Both-There { 'own' }; $k = 7.0; $d = 8.0; (Find-Minimum $problem -Verbose).X; $k; $d; Both-There; " +
            "Get-Command Only-Here -ErrorAction Ignore";
        foreach (var texts in Everywhere(run, made)) Assert.Equal(["3", "7", "8", "own"], texts);
    }

    [Fact]
    public void The_item_is_that_of_the_pipeline_that_runs_it()
    {
        var made = Problem("", "-Objective { param($x) ($x[0] - $_)*($x[0] - $_) } -InitialGuess 0");
        foreach (var texts in Everywhere("1..3 | ForEach-Object { (Find-Minimum $problem).X }", made)) Assert.Equal(["1", "2", "3"], texts);
    }

    [Fact]
    public void What_ends_a_block_at_home_ends_it_elsewhere()
    {
        var made = Problem("$ErrorActionPreference = 'Stop'",
            "-Objective { param($x) Get-Item nowhere:; $x[0]*$x[0] } -InitialGuess 0; $ErrorActionPreference = 'Continue'");
        home.Run("$ErrorActionPreference = 'Stop'");
        var texts = Everywhere("try { Find-Minimum $problem -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }", made);
        home.Run("$ErrorActionPreference = 'Continue'");
        foreach (var each in texts) Assert.StartsWith("ObjectiveFailed", Assert.Single(each), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_tells_the_place_in_the_file_where_the_block_stands()
    {
        var made = Problem("", "-Objective { param($x)\n  throw 'never'\n} -InitialGuess 0");
        var texts = Everywhere("try { Find-Minimum $problem -ErrorAction Stop } catch { $_.Exception.Message }", made);
        foreach (var each in texts) Assert.Contains("line 3, column 3: throw 'never'", Assert.Single(each), StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_without_a_session_get_the_same_also_in_new_branches()
    {
        var made = Problem("$k = 3.0; function Square-It($v) { $v*$v*$k }",
            "-Objective { param($x) if ($x[0] -gt 1) { Square-It $x[0] } elseif ($x[0] -lt -1) { -$k*$x[0] } else { $k + $x[0] } } " +
            "-InitialGuess 0");
        var loss = Get(made, "Loss");
        var traced = loss.GetType().GetMethod("Trace")!.Invoke(loss, [Get(made, "InitialGuess"), null])!;
        double[] points = [0.5, 2, -2, 0.25, 3, -3, 1.5, -1.5];
        double[] expected = [3.5, 12, 6, 3.25, 27, 9, 6.75, 4.5];
        foreach (var map in new[] { loss, traced })
        {
            var values = new double[points.Length];
            var failures = new ConcurrentQueue<Exception>();
            Thread[] threads = [.. points.Select((x, i) => new Thread(() =>
            {
                try
                {
                    for (var turn = 0; turn < 20; turn++) values[i] = Evaluate(map, x);
                }
                catch (Exception failure)
                {
                    failures.Enqueue(failure);
                }
            }))];
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
            Assert.Empty(failures);
            Assert.Equal(expected, values);
        }

        Assert.Equal(3, Get(Get(traced, "Function"), "BranchCount"));
    }

    [Fact]
    public void Each_command_hears_of_its_own_run()
    {
        var result = home.Run("""
            $VerbosePreference = 'Continue'
            $k = 1.0
            $problem = New-OptimizationProblem -Objective { param($x) $k*$x[0]*$x[0] } -InitialGuess 1
            Invoke-GradientDescent $problem -Eta 0.01 -Iterations 3 | ForEach-Object {
                if ($_.Iteration -eq 0) { $null = Find-Minimum $problem; "inner ended" | Write-Verbose }
                $k += 1
            }
            $VerbosePreference = 'SilentlyContinue'
            """);
        Assert.Empty(result.Errors);
        var after = result.Verbose.SkipWhile(text => text != "inner ended").ToList();
        Assert.Equal(3, after.Count(text => text.StartsWith("Recorded again", StringComparison.Ordinal)));
        var silent = home.Run("""
            $k = 1.0
            $null = Find-Minimum $problem -Verbose 4>&1
            Invoke-GradientDescent $problem -Eta 0.01 -Iterations 3 | ForEach-Object { $k += 1 }
            """);
        Assert.Empty(silent.Errors);
        Assert.Empty(silent.Verbose);
    }

    object Problem(string before, string problem)
    {
        var start = problem.Contains("-InitialGuess", StringComparison.Ordinal) ? "" : " -InitialGuess 0";
        return home.Output($"{before}\n$problem = New-OptimizationProblem {problem}{start}; $problem")[0].BaseObject;
    }

    string[][] Everywhere(string script, object problem)
    {
        var texts = new string[sessions.Others.Length][];
        Thread[] threads = [.. sessions.Others.Select((session, i) => new Thread(() =>
        {
            var result = session.Run(script, ("problem", problem));
            texts[i] = [.. result.Errors.Select(error => error.ToString()), .. result.Output.Select(item => item?.ToString() ?? "")];
        }))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return texts;
    }

    static double Evaluate(object map, double x)
    {
        var type = map.GetType().GetMethod("Evaluate")!;
        var vector = Activator.CreateInstance(type.ReturnType, [new[] { x }])!;
        return ((IEnumerable<double>)type.Invoke(map, [vector])!).Single();
    }

    static object Get(object owner, string property) => owner.GetType().GetProperty(
        property, System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public
            | System.Reflection.BindingFlags.NonPublic)!.GetValue(owner)!;
}
