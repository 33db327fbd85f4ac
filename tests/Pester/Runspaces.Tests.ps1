# One problem in several sessions at once, by the ways in which people get there.

BeforeAll {
    $module = "$PSScriptRoot/../../PhysOpt.psd1"
    Import-Module $module
    $centre = 3.0
    $weights = @{ near = 1.0; far = 2.0 }
    function Get-Square($v) { $v * $v }
    $problem = New-OptimizationProblem Shared -InitialGuess 0 -Objective {
        param($x)
        $d = $x[0] - $centre
        if ($d -lt -1) { $weights.far * (Get-Square $d) } else { $weights.near * (Get-Square $d) + $weights.far - $weights.near }
    }
    $starts = 1..8 | ForEach-Object { -4.25 + $_ }
    $alone = $starts | ForEach-Object { Find-Minimum $problem -InitialGuess $_ } | ForEach-Object { "$_ $($_.X) $($_.Loss)" }
}

Describe 'A problem is used by other sessions' {
    It 'in ForEach-Object -Parallel' {
        $starts | ForEach-Object -Parallel {
            Import-Module $using:module
            $run = Find-Minimum $using:problem -InitialGuess $_
            [pscustomobject]@{ At = $_; Text = "$run $($run.X) $($run.Loss)" }
        } | Sort-Object At | ForEach-Object Text | Should -Be $alone
    }

    It 'by pipeline in ForEach-Object -Parallel' {
        1..8 | ForEach-Object -Parallel { Import-Module $using:module; ($using:problem | Find-Minimum).X } | Should -Be (, 3.0 * 8)
    }

    It 'in Start-ThreadJob' {
        $jobs = $starts | ForEach-Object {
            Start-ThreadJob {
                param($start)
                Import-Module $using:module
                $run = Find-Minimum $using:problem -InitialGuess $start
                "$run $($run.X) $($run.Loss)"
            } -ArgumentList $_
        }
        $jobs | Receive-Job -Wait -AutoRemoveJob | Sort-Object | Should -Be ($alone | Sort-Object)
    }

    It 'in Start-ThreadJob, by the block itself' {
        $block = { param($x) Get-Square ($x[0] - $centre) }
        $job = Start-ThreadJob { param($f) Import-Module $using:module; (Find-Minimum $f 0).X } -ArgumentList $block
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 3
    }

    It 'with derivatives of its own and an inverse' {
        $slope = 2.0
        $own = New-OptimizationProblem Own -Physics { param($x) $slope * $x[0] } -Jacobian { param($x) $slope } `
            -Inverse { param($y) $y[0] / $slope } -Target 3 -InitialGuess 0
        1..4 | ForEach-Object -Parallel {
            Import-Module $using:module
            (Invoke-InverseSimulator $using:own | Select-Object -Last 1).X
            (Find-Minimum $using:own).X
        } | Should -Be (, 1.5 * 8)
    }

    It 'by finite differences, with the value that a variable has by then' {
        $target = 1.0
        $late = New-OptimizationProblem Late -InitialGuess 0 -Objective { param($x) Get-Square ($x[0] - $target) }
        $null = Find-Minimum $late
        $target = 2.0
        1..4 | ForEach-Object -Parallel {
            Import-Module $using:module
            [Math]::Round((Find-Minimum $using:late -Derivative FiniteDifference).X[0], 6)
        } | Should -Be (, 2.0 * 4)
    }

    It 'traced, as Get-FunctionTrace says there' {
        $traces = 1..4 | ForEach-Object -Parallel { Import-Module $using:module; Get-FunctionTrace $using:problem }
        $traces.IsTraced | Should -Be (, $true * 4)
        ($traces.Captured | Sort-Object -Unique) | Should -Be 'centre', 'weights'
    }

    It 'each of which hears what happens in its own run' {
        # in a session that has finished one item, and takes another, the record is there already
        $told = 1..4 | ForEach-Object -UseNewRunspace -Parallel {
            Import-Module $using:module
            $said = Find-Minimum $using:problem -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            @($said.Message -match '^Objective is traced').Count
        }
        $told | Should -Be (, 1 * 4)
    }
}

Describe 'The item of the pipeline around a run' {
    It 'is what $_ stands for in the block' {
        $item = New-OptimizationProblem n -Objective { param($x) ($x[0] - $_) * ($x[0] - $_) } -InitialGuess 0
        1..3 | ForEach-Object { (Find-Minimum $item).X } | Should -Be 1, 2, 3
        1..3 | ForEach-Object -Parallel { Import-Module $using:module; (Find-Minimum $using:item).X } | Sort-Object | Should -Be 1, 2, 3
    }
}
