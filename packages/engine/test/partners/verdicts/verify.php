<?php
// Judges the requests of a vectors file with the PHP example's verifier, and prints one verdict a line.
// Arguments: the example's folder, requests.json. Keys come by PARTNER_CALLERS, as when it serves.
[, $folder, $vectorsFile] = $argv;
// The example as it stands, but for the clock, the address, which it takes from its settings once, and its start.
$source = file_get_contents("$folder/partner.php");
$changes = [
    'microtime(true)' => '$GLOBALS["now"]',
    'time()' => '(int) $GLOBALS["now"]',
    'BASE_URL .' => '$GLOBALS["baseUrl"] .',
    'private string $keyId' => 'public string $keyId',
];
foreach ($changes as $from => $to) {
    $source = str_replace($from, $to, $source, $count);
    if ($count === 0) {
        fwrite(STDERR, "the example no longer has $from\n");
        exit(1);
    }
}
eval(substr(strstr($source, "if (PHP_SAPI === 'cli')", true), strlen('<?php')));

foreach (json_decode(file_get_contents($vectorsFile), true)['vectors'] as $vector) {
    $request = $vector['request'];
    $now = (float) (new DateTimeImmutable($vector['now']))->format('U.u');
    $path = strstr($request['target_uri'], '/pxp/v1/');
    $baseUrl = substr($request['target_uri'], 0, -strlen($path));
    // PHP gives a header that came twice as one, joined by a comma.
    $headers = array_map(fn ($value) => implode(', ', (array) $value), $request['headers']);
    try {
        $taken = new SignedRequest($request['method'], $path, $headers, $request['body']);
        $verdict = ['ok' => true, 'key_id' => $taken->keyId, 'nonce' => $taken->nonce];
    } catch (Unauthorised $refusal) {
        $verdict = ['ok' => false, 'code' => $refusal->reason, 'nonce' => findNonce($headers)];
    }
    echo json_encode($verdict), "\n";
}
