namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>What a record would get wrong is not recorded: why and where is said, and the block goes on as it is.</summary>
public sealed class TraceRefusalTests : IClassFixture<ModuleEngine>
{
    readonly ModuleEngine module;

    public TraceRefusalTests(ModuleEngine module)
    {
        this.module = module;
        module.Output("""
            $k = 2.0; $list = [System.Collections.ArrayList]@(1.0); $table = @{ a = 1.0 }; $watch = [System.Diagnostics.Stopwatch]::new(); $block = { param($t) $t }; $keys = @{ 1.0 = 7.0 }
            function Get-Length([string]$s) { $s.Length }
            function Get-Whole($v) {
                $twice = 2 * $v
                [float]$twice
            }
            class Pendulum { static [double] Twice($v) { return 2 * $v } }
            $old = 0.0, 0.0; $typed = [double[]](0.0, 0.0); $rows = [double[][]]([double[]](1, 2), [double[]](3, 4))
            """);
    }

    /// <summary>A block, in which « stands before what is to blame, and a part of the reason.</summary>
    public static TheoryData<string, string> Traps => new()
    {
        { "{ param($x)\n $x[0]*(«Get-Random) }", "Get-Random, which gives something else every time" },
        { "{ param($x)\n\n   $x[0]*(«Get-Date) }", "Get-Date, which gives something else every time" },
        { "{ param($x) $r = «[Random]::new(); $x[0] + 0*$r.Next(5) }", "[Random]::new gives something else every time" },
        { "{ param($x) «[Random]::Shared.Next(1)*$x[0] }", "[Random]::Shared gives something else every time" },
        { "{ param($x) «[datetime]::Now.Year*$x[0] }", "[DateTime]::Now gives something else every time" },
        { "{ param($x) «[datetime]::Today.Year*$x[0] }", "[DateTime]::Today gives something else every time" },
        { "{ param($x) «[System.Security.Cryptography.RandomNumberGenerator]::GetInt32(1)*$x[0] }",
            "not known to give the same every time" },
        { "{ param($x) «[Environment]::ProcessorCount*$x[0] }", "the world outside" },
        { "{ param($x) «[System.IO.File]::Exists('a'); $x[0] }.GetNewClosure()", "the world outside" },
        { "{ param($x) «$script:calls++; $x[0]*2 }", "$script:calls, which lives on after the call" },
        { "{ param($x) «$global:calls = 1; $x[0]*2 }", "$global:calls, which lives on after the call" },
        { "{ param($x) $x[0]*«$env:HOME.Length }", "$env:HOME, which may change unnoticed" },
        { "{ param($x) $null = «$list.Add($x[0]); $x[0]*2 }", "Add of $list, which may change what lives on" },
        { "{ param($x) «$table.a = 2.0; $x[0]*2 }", "something in $table, which lives on after the call" },
        { "{ param($x) «[Array]::Copy($x, $old, 2); $x[1] }", "hands $old to [Array]::Copy" },
        { "{ param($x) «$x.CopyTo($typed, 0); $x[1] }", "hands $typed to CopyTo" },
        { "{ param($x) «[Array]::Fill($typed, $x[0]); $x[1] }", "hands $typed to [Array]::Fill" },
        { "{ param($x) «[Array]::Sort($typed); $x[1] }", "hands $typed to [Array]::Sort" },
        { "{ param($x) $s = [Collections.Stack]::new(); $s.Push($x[0]); «$s.CopyTo($old, 0); $x[1] }", "hands $old to CopyTo" },
        { "{ param($x) $a = «[Collections.ArrayList]::Adapter($old); $a[0] = $x[0]; $x[1] }", "hands $old to [ArrayList]::Adapter" },
        { "{ param($x) «$rows[0] = [double[]]($x[0], 2); $rows[0][0]*$x[1] }", "something in $rows, which lives on after the call" },
        { "{ param($x) «trap { continue }; $x[0]*2 }", "catches errors" },
        { "{ param($x) «function script:Half($v) { $v/2 }; (Half $x[0])*2 }", "for another scope than its own" },
        { "{ param($x) «$private:k = 5.0; $x[0]*2 }", "hides $private:k" },
        { "{ param($x) try { $c = «\"$($x[0])\"[0]; 1.0 } catch { 2.0 } }", "text of a traced number" },
        { "{ param($x) try { throw $x[0] } catch { [double]«$_.Exception.Message } }", "text of a traced number" },
        { "{ param($x) 1.0*«[Math]::Floor($x[0]*100d) }", "rounds a traced decimal" },
        { "{ param($x) «$x[0]*3d % 1 }", "remainder of a traced decimal" },
        { "{ param($x) if («$x[0]*1d -gt 0.3) { 1.0 } else { 2.0 } }", "compares a traced decimal" },
        { "{ param($x) «[long]$x[0]*9007199254740993L }", "more than 15 digits" },
        { "{ param($x) «3u*[int]$x[0] }", "unsigned number" },
        { "{ param($x) $o = [ordered]@{ v = $x[0] }, [ordered]@{ v = 1.0 }; ($o | «Sort-Object v)[0].v }", "Sort-Object finds no v" },
        { "{ param($x) $o = [ordered]@{ v = $x[0] }, @{ v = 1.0 }; 1 + ($o | «Measure-Object v -Sum).Sum }", "Measure-Object finds no v" },
        { "{ param($x) $l = [Collections.Generic.List[string]]::new(); «$l.Add($x[0]); $l.Count }", "text of a traced number" },
        { "{ param($x) $q = [Collections.Generic.Queue[string]]::new(); 1.0; «$q.Enqueue($x[0]) }", "text of a traced number" },
        { "{ param($x) $d = [Collections.Generic.Dictionary[string,string]]::new(); «$d['a'] = $x[0]; 1.0 }", "text of a traced number" },
        { "{ param($x) Set-StrictMode -Version 3; «$nowhere + $x[0] }", "in strict mode" },
        { "{ param($x) function Half { [CmdletBinding()] param($v) $v/2 }; (Half $x[0] «-ErrorAction Ignore)*2 }", "-ErrorAction" },
        { "{ param($x) $t = \"$($x[0])\"; «$t.Length*$x[0] }", "text of a traced number" },
        { "{ param($x) «('{0}' -f $x[0]).Length*$x[0] }", "text of a traced number" },
        { "{ param($x) «$x[0].ToString().Length*$x[0] }", "text of a traced number" },
        { "{ param($x) $h = @{}; «$h[$x[0]] = 1.0; $x[0] }", "key of a table" },
        { "{ param($x) «[float]$s = $x[0]; $s*$s }", "[float] cannot hold a traced number" },
        { "{ param($x) $s = «[char[]]@($x[0]); 1.0*$s.Length }", "text of a traced number" },
        { "{ param($x) «[Math]::Min($x[0], [int]0) }", "computed in whole numbers" },
        { "{ param($x) «[Math]::CopySign($x[0], [Math]::Sqrt(-$x[0])) }", "the sign of NaN" },
        { "{ param($x) if («[double]::IsNegative([Math]::Log($x[0], 0))) { 1.0 } else { 2.0 } }", "the sign of NaN" },
        { "{ param($x) «[Array]::Empty[double]().Count + $x[0] }", "a method with type arguments" },
        { "{ param($x) $s = [Collections.Generic.Stack[double]]::new(); «$s.Push($x[0]); $s.Pop() }", "use a Stack of [object]" },
        { "{ param($x) $d = [Collections.Generic.Dictionary[string, double]]::new(); «$d['a'] = $x[0]; $d.a }",
            "use a Dictionary of [object]" },
        { "{ param($x) «($x | Select-Object -First 1) -is [psobject] ? $x[0] : 2.0 }", "came out of a pipeline" },
        { "{ param($x) if ($x.Count -gt 9) { 1.0 } else { $a = «@($x[0]) * 21e6; $a[0] } }", "a list of 21,000,000 elements" },
        { "{ param($x) «[Math]::BitIncrement($x[0]) }", "[Math]::BitIncrement is a method of .NET that cannot be recorded" },
        { "{ param($x) if («(1.0).Equals($x[0])) { 0.0 } else { $x[0] } }", "Equals compares in its own way" },
        { "{ param($x) $l = [System.Collections.ArrayList]::new(); if («$l.Contains($x[0])) { 0.0 } else { $x[0] } }",
            "Contains compares in its own way" },
        { "{ param($x) $l = [System.Collections.Generic.List[object]]::new(); $l.Add($x[0]); if («$l.Exists({ $args[0] })) { 1.0 } else " +
            "{ $x[0] } }", "hands a script block to .NET" },
        { "{ param($x) $l = [System.Collections.Generic.List[double]]$x; «$l.ForEach({ $_ }); $x[0] }", "ForEach that lists of .NET have" },
        { "{ param($x) «[Math]::Max(0, $x[0]) + 2*$x[0] }", "write 0.0 instead of 0" },
        { "{ param($x) «[Math]::Clamp($x[0], 0, 1) + 2*$x[0] }", "write 0.0 instead of 0" },
        { "{ param($x) «$x[0] -band 1 }", "-band works on whole numbers" },
        { "{ param($x) if («$x[0] -lt 'five') { 2.0 } else { $x[0] } }", "compares a traced number with text" },
        { "{ param($x) function Half(«[ValidateSet(3.0, 4.0)]$v) { $v/2 }; Half $x[0] }", "validated in a way" },
        { "{ param($x) «$watch.ElapsedTicks*0 + $x[0] }", "$watch, which holds [Stopwatch]" },
        { "{ param($x) «[Pendulum]::Twice($x[0]) }", "the class Pendulum" },
        { "{ param($x) «Invoke-Command { 1.0 }; $x[0] }", "Invoke-Command, which is not supported: use a script block" },
        { "{ param($x) $x | ForEach-Object «-Parallel { 2 * $_ } }", "-Parallel cannot be recorded" },
        { "{ param($x) $x | ForEach-Object «-PipelineVariable q { $_ } | ForEach-Object { 2 * $q } }", "-PipelineVariable" },
        { "{ param($x) switch -Regex ($x[0]) { «'1' { 3.0 } default { $x[0] } } }", "text of a traced number" },
        { "{ param($x) $r = «[ref]$k; $x[0]*2 }", "a reference to a variable" },
        { "{ param($x) «$x[0]*2 > nonesuch.txt; $x[0] }", "writes to a file" },
        { "{ param($x) «Nonesuch; $x[0] }", "Nonesuch, which is not found" },
        { "{ param($x) «$ExecutionContext.SessionState.PSVariable.GetValue('k')*$x[0] }", "$ExecutionContext" },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public void A_trap_is_refused_with_its_reason_and_its_place(string marked, string reason)
    {
        var offset = marked.IndexOf('«', StringComparison.Ordinal);
        var block = marked.Remove(offset, 1);
        var before = marked[..offset];
        var line = before.Count(c => c == '\n') + 2; // the block begins on the second line
        var column = offset - before.LastIndexOf('\n');

        var trace = RefusalOf(block);
        Assert.Contains(reason, trace.Reason, StringComparison.Ordinal);
        Assert.Equal((line, column), (trace.Line, trace.Column));
        Assert.StartsWith(trace.Text!, block[offset..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ param($x) (Get-Length $x[0])*$x[0] }", "text of a traced number")]
    [InlineData("{ param($x) ('' + $x[0]).Length*$x[0] }", "text of a traced number")]
    [InlineData("{ param($x) (-split $x[0]).Count*$x[0] }", "text of a traced number")]
    [InlineData("{ param($x) $b = [System.Text.StringBuilder]::new(); $null = $b.Append($x[0]); $b.Length*$x[0] }",
        "The method Append of an object of type StringBuilder")]
    [InlineData("{ param($x) $l = $list; $l[0] += 1; $x[0]*2 }", "$list, which lives on after the call")]
    public void What_shows_only_while_it_is_recorded_is_refused_too(string block, string reason) =>
        Assert.Contains(reason, RefusalOf(block).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ param($x) $s = 0.0; $s = 0.0*«[float]$x[0]; $s + $x[0] }")]
    [InlineData("{ param($x) $s = 0.0; $s = 0.0*«[float]$x[0]; $s + [Math]::Sin($x[0]) }")]
    public void A_statement_that_fails_in_silence_is_not_passed_over_while_it_is_recorded(string marked)
    {
        var offset = marked.IndexOf('«', StringComparison.Ordinal);
        try
        {
            module.Output("$ErrorActionPreference = 'SilentlyContinue'");
            var trace = RefusalOf(marked.Remove(offset, 1));
            Assert.Contains("[float] cannot hold", trace.Reason, StringComparison.Ordinal);
            Assert.Equal((2, offset + 1), (trace.Line, trace.Column));
            Assert.Equal(["SilentlyContinue"], module.Texts("$ErrorActionPreference"));
        }
        finally
        {
            module.Output("$ErrorActionPreference = 'Continue'");
        }
    }

    [Theory]
    [InlineData("{ param($x) [Array]::Copy($x, $old, 2); $x[1] }")]
    [InlineData("{ param($x) $x.CopyTo($typed, 0); $x[1] }")]
    [InlineData("{ param($x) [Array]::Fill($typed, $x[0]); $typed[0]*$x[1] }")]
    [InlineData("{ param($x) $rows[0][0] = $x[0]; $x[1] }")]
    [InlineData("{ param($x) $a = [Collections.ArrayList]::Adapter($old); $a[0] = $x[0]; $x[1] }")]
    public void What_lives_on_holds_no_traced_number(string block)
    {
        RefusalOf(block);
        Assert.Equal(["Double"], module.Texts("@(@($old) + $typed + $rows[0]).ForEach({ $_.GetType().Name }) | Sort-Object -Unique"));
        Assert.True(module.Single<bool>("(Get-FunctionTrace { param($x) $typed[0] + $old[1] + $rows[0][0] + $x[0] } 1.3, 0.7).IsTraced"));
    }

    [Fact]
    public void A_block_that_gives_two_values_at_one_place_is_not_traced() =>
        Assert.Contains("something else every time", RefusalOf("{ param($x) $x[0] + [object]::new().GetHashCode() }").Reason,
            StringComparison.Ordinal);

    [Fact]
    public void A_trap_in_a_function_is_shown_in_the_function()
    {
        var trace = RefusalOf("{ param($x) (Get-Whole $x[0])*2 }");
        Assert.Contains("[float] cannot hold", trace.Reason, StringComparison.Ordinal);
        Assert.Equal((5, "[float]$twice"), (trace.Line, trace.Text));
    }

    [Fact]
    public void A_trap_in_a_file_is_shown_with_the_file()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ps1");
        File.WriteAllText(file, "# first\n{\n  param($x)\n  $y = 2 * $x[0]\n  $y + [float]$y\n}");
        try
        {
            var verbose = module.Run($"$f = & '{file}'; Get-Gradient $f 3,4 -Verbose").Verbose;
            Assert.Contains(verbose, line => line.Contains($"{file}, line 5, column 8: [float]$y", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("{ param($x) [float]$y = $x[0]; $y*$y }", "[float] cannot hold")]
    [InlineData("{ param($x) [Math]::Max(0, $x[0]) + 2*$x[0] }", "write 0.0 instead of 0")]
    [InlineData("{ param($x) [Math]::BitIncrement($x[0])*$x[1] }", "[Math]::BitIncrement")]
    public void A_refused_block_goes_on_by_differences_unless_they_are_not_wanted(string block, string reason)
    {
        Assert.Equal(module.Texts($"Get-Gradient {block} 1.7,4 -Derivative FiniteDifference"), module.Texts($"Get-Gradient {block} 1.7,4"));
        var error = module.Error($"Get-Gradient {block} 1.7,4 -Derivative Traced");
        Assert.StartsWith("DerivativesNotExact,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(module.Run($"Get-Gradient {block} 1.7,4 -Verbose").Verbose, line =>
            line.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_refused_by_its_text_is_not_called()
    {
        module.Calls = 0;
        var result = module.Run("(Get-FunctionTrace { param($x) $n[0]++; $x[0] } 3).IsTraced", ("n", module.Counter));
        Assert.Equal("False", Assert.Single(result.Output).ToString());
        Assert.Equal(0, module.Calls);
    }

    [Fact]
    public void A_using_variable_is_an_error_that_names_it()
    {
        Assert.Contains("($using:)", RefusalOf("{ param($x) $using:k*$x[0] }").Reason, StringComparison.Ordinal);
        Assert.Contains("Using variable", module.Error("Get-Gradient { param($x) $using:k*$x[0] } 3").Exception.Message,
            StringComparison.Ordinal);
    }

    FunctionTraceView RefusalOf(string block)
    {
        module.Runspace.SessionStateProxy.SetVariable("n", module.Counter);
        var trace = Assert.Single(module.Output($"Get-FunctionTrace -At 3,4 -Function `\n{block}"));
        Assert.False((bool)trace.Properties["IsTraced"].Value, block);
        return new((string)trace.Properties["Reason"].Value, trace.Properties["Line"].Value as int?,
            trace.Properties["Column"].Value as int?, trace.Properties["Text"].Value as string);
    }

    sealed record FunctionTraceView(string Reason, int? Line, int? Column, string? Text);
}
