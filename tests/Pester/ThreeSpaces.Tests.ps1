# y = (x0, x1^2), L = |y|^2 from (3,3): three methods in the numbers of Physics-based Deep Learning,
# "Simple Example comparing Different Optimizers".

BeforeAll {
    Import-Module "$PSScriptRoot/../../PhysOpt.psd1" -Force

    # the largest |x_i - e_i|; infinite where a number is missing or not finite, so that no comparison can slip through
    function Get-Deviation($Vector, [double[]] $Expected) {
        if (@($Vector).Count -ne $Expected.Count) { return [double]::PositiveInfinity }
        $largest = 0.0
        for ($i = 0; $i -lt $Expected.Count; $i++) {
            $deviation = [Math]::Abs($Vector[$i] - $Expected[$i])
            if (-not [double]::IsFinite($deviation)) { return [double]::PositiveInfinity }
            $largest = [Math]::Max($largest, $deviation)
        }
        $largest
    }
}

Describe 'The problem' {
    It 'starts at (3, 3) with a loss of 90' {
        $start = Invoke-GradientDescent ThreeSpaces -MaxIterations 0
        $start.Loss | Should -Be 90
        Get-Deviation $start.Y 3, 9 | Should -Be 0
        Get-Deviation $start.Gradient 6, 108 | Should -Be 0
    }

    It 'has the Jacobian diag(1, 6) at its start' {
        $jacobian = Get-Jacobian -Problem ThreeSpaces
        Get-Deviation $jacobian.Row(0) 1, 0 | Should -Be 0
        Get-Deviation $jacobian.Row(1) 0, 6 | Should -Be 0
    }
}

Describe '<Command> with a learning rate of <Eta>' -ForEach @(
    @{
        Command = 'Invoke-GradientDescent'; Eta = 0.01; Loss = 6.863892; Alignment = 1.053930; Straightness = 0.96529; Cosine = 0.745241
        X = '2.94 1.92', '2.8812 1.6368846', '2.823576 1.4614503', '2.7671045 1.3365935', '2.7117624 1.2410815',
        '2.6575271 1.1646168', '2.6043766 1.1014326', '2.5522891 1.0479842', '2.5012433 1.0019454', '2.45121842066 0.96171152444'
    }
    @{
        Command = 'Invoke-NewtonStep'; Eta = 1 / 3; Loss = 0.731130; Alignment = 1.264911; Straightness = 0.95144; Cosine = 0.894427
        X = '2 2.6666667', '1.3333333 2.3703704', '0.8888889 2.1069959', '0.5925926 1.8728852', '0.3950617 1.6647868',
        '0.2633745 1.4798105', '0.1755830 1.3153871', '0.1170553 1.1692330', '0.0780369 1.0393182', '0.0520246 0.9238384'
    }
    @{
        Command = 'Invoke-InverseSimulator'; Eta = 0.3; Loss = 0.0718130; Alignment = 1.356443; Straightness = 0.97844; Cosine = 0.959150
        X = '2.1 2.5099802', '1.47 2.1', '1.029 1.7569861', '0.7203 1.47', '0.50421 1.2298902',
        '0.352947 1.029', '0.2470629 0.8609232', '0.1729440 0.7203', '0.1210608 0.6026463', '0.0847426 0.50421'
    }
) {
    BeforeAll {
        $records = @(& $Command ThreeSpaces -LearningRate $Eta -MaxIterations 10)
    }

    It 'takes ten steps' {
        $records.Count | Should -Be 11
        $records.Iteration | Should -Be (0..10)
        $records[-1].Status | Should -Be 'IterationLimit'
    }

    It 'follows the path of the chapter' {
        for ($k = 1; $k -le 10; $k++) {
            Get-Deviation $records[$k].X ([double[]] $X[$k - 1].Split(' ')) | Should -BeLessThan 1e-6 -Because "that is x after step $k"
        }
    }

    It 'ends with a loss of <Loss>' {
        Get-Deviation @($records[-1].Loss) $Loss | Should -BeLessThan 1e-6
    }

    It 'has a loss that falls at every step' {
        for ($k = 1; $k -le 10; $k++) { $records[$k].Loss -lt $records[$k - 1].Loss | Should -BeTrue }
    }

    It 'has a first update that is aligned with the diagonal to <Alignment>' {
        $measured = $records | Measure-DiagonalAlignment
        Get-Deviation @($measured.Alignment) $Alignment | Should -BeLessThan 1e-6
        Get-Deviation @($measured.CosineToSolution) $Cosine | Should -BeLessThan 1e-6
    }

    It 'has a path with a straightness of <Straightness>' {
        $summary = $records | Measure-Trajectory
        Get-Deviation @($summary.Straightness) $Straightness | Should -BeLessThan 1e-5
        $summary.Iterations | Should -Be 10
    }

    It 'shows components as numbers' {
        $records[10].X0 | Should -BeOfType [double]
        $records[10].X0 | Should -Be $records[10].X[0]
        $records[10].Y1 | Should -Be $records[10].Y[1]
    }

    It 'does the same when physics and loss are written out' {
        $mine = @{
            Physics      = { param($x) $x[0], ($x[1] * $x[1]) }
            Loss         = { param($y) $y[0] * $y[0] + $y[1] * $y[1] }
            Inverse      = { param($y) $y[0], [Math]::Sqrt($y[1]) }
            InitialGuess = 3, 3
        }
        $written = @(& $Command @mine -Eta $Eta -Iterations 10)
        $comparison = Compare-Trajectory -ReferenceTrajectory $records -DifferenceTrajectory $written
        $comparison.Iterations | Should -Be 11
        Get-Deviation @($comparison.MaxAbsoluteError) 0 | Should -BeLessThan 1e-6
    }
}

Describe '<Command> with a rate of <Setting.LearningRate>' -ForEach @(
    @{
        Command = 'Invoke-GradientDescent'; Setting = @{ LearningRate = 0.01; Momentum = 0.9 }
        Alignment = 1.053930; X = 0.921359, 0.133789
    }
    @{ Command = 'Invoke-AdaGrad'; Setting = @{ LearningRate = 0.75 }; Alignment = 1.414214; X = 0.438711, 1.210602 }
    @{ Command = 'Invoke-RmsProp'; Setting = @{ LearningRate = 0.237; Decay = 0.9 }; Alignment = 1.414214; X = 0.289606, 1.100727 }
    @{
        Command = 'Invoke-Adam'; Setting = @{ LearningRate = 0.3; Beta1 = 0.9; Beta2 = 0.999 }
        Alignment = 1.414214; X = 0.228747, 0.629586
    }
    @{ Command = 'Invoke-Adam'; Setting = @{ LearningRate = 0.75 }; Alignment = 1.414214; X = -1.278391, -1.300041 }
) {
    BeforeAll {
        $records = @(& $Command ThreeSpaces @Setting -MaxIterations 10)
    }

    It 'ends at (<X>) after ten steps' {
        $records.Count | Should -Be 11
        Get-Deviation $records[-1].X $X | Should -BeLessThan 1e-6
    }

    It 'has a first step with an alignment of <Alignment>' {
        Get-Deviation ($records | Measure-DiagonalAlignment).Alignment $Alignment | Should -BeLessThan 1e-6
    }
}

Describe 'Invoke-Lbfgs' {
    It 'finds the minimum' {
        $last = @(Invoke-Lbfgs ThreeSpaces)[-1]
        $last.Status | Should -BeIn 'GradientTolerance', 'LossTolerance', 'StepTolerance'
        $last.Loss | Should -BeLessThan 1e-8
        [double]::IsFinite($last.Loss) | Should -BeTrue
    }
}

Describe 'The inverse of the physics' {
    It 'is found numerically near (3, 3)' {
        $inverse = Find-NumericInverse -Problem ThreeSpaces -Target 2, 2
        Get-Deviation $inverse.X 2, 1.41421356 | Should -BeLessThan 1e-6
        Get-Deviation $inverse.Y 2, 2 | Should -BeLessThan 1e-6
        $inverse.IsFound | Should -BeTrue
    }

    It 'gives the same ten steps as the analytic one, by <_>' -ForEach 'Lbfgs', 'GaussNewton' {
        $analytic = Invoke-InverseSimulator ThreeSpaces -LearningRate 0.3 -MaxIterations 10
        $numeric = Invoke-InverseSimulator ThreeSpaces -LearningRate 0.3 -MaxIterations 10 -InverseMethod $_
        $comparison = Compare-Trajectory $analytic $numeric
        $comparison.Iterations | Should -Be 11
        Get-Deviation @($comparison.MeanAbsoluteError) 0 | Should -BeLessThan 1e-6
    }
}
